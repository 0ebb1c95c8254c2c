# A town and its state are two names, a part of a country is one; a ministry is no person, an emir no name.
names() {
    printf '{"text": "%s"}\n' "$1" | "$detente" annotate --quiet | python3 -c '
import json, sys
for e in json.load(sys.stdin)["entities"]:
    print(e["type"], e["text"])'
}
names "He moved from San Rafael California to Northern Ontario and saw the Gulf of Mexico."
names "Norwegian Foreign Ministry spokeswoman Kari Solberg met the Qatari emir."
