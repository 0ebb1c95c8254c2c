"""Prints N stories as JSON Lines that make events of many kinds; some ids come again, some lines are none."""
import json
import sys

WHO = ["Russia", "Poland", "the Kenyan government", "Vladimir Putin", "rebels", "Ethiopian police", "NATO", "Hungary"]
DID = ["imposed sanctions on", "held talks with", "threatened to attack", "sent tanks to", "signed a deal with", "accused", "shelled"]
WHOM = ["Ukraine", "Sudan", "Brazil", "Japan", "Armenia and Azerbaijan", "the opposition"]
WHEN = ["on Monday", "in March 2023", "last week", "in 2021", "two days ago", "yesterday"]
TAIL = [", killing 14 people.", ", state media said.", '. "We will not wait," Vladimir Putin said.', ".", " in Nairobi."]

for i in range(int(sys.argv[1])):
    text = " ".join(f"{WHO[(i + s) % 8]} {DID[(i * 3 + s) % 7]} {WHOM[(i // 2 + s) % 6]} {WHEN[(i + s * 5) % 6]}{TAIL[(i * 7 + s) % 5]}"
                    for s in range(1 + i % 5))
    story = {"id": f"s{i % 37 if i % 11 == 10 else i}", "date": f"2024-06-{1 + i % 28:02}", "text": text[:1].upper() + text[1:],
             "publisher": ["Reuters", "AFP", None][i % 3], "title": f'Tanks\t"{i}" \\ caf\u00e9' if i % 4 == 0 else None}
    print("no story" if i % 50 == 49 else json.dumps({k: v for k, v in story.items() if v is not None}))
