# A run that is killed again and again, and resumed each time, writes what an unbroken one writes; a
# run of another key is refused; a signal that can be caught leaves a state to go on from.
python3 - <<'PYTHON'
import json
with open("in.jsonl", "w") as to:
    for i in range(6000):
        text = f"Poland sent {i} tanks to Ukraine on Monday. France condemned Iran. " * (1 + i % 3)
        to.write(json.dumps({"id": str(i), "date": "2024-06-13", "text": text}) + "\n")
PYTHON
"$detente" code --quiet in.jsonl >whole
kills=0
while [ ! -f broken ] && [ $kills -lt 200 ]; do
    "$detente" code --quiet --threads 2 --resume --output broken in.jsonl &
    sleep 0.$((6 + kills % 4))
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    kills=$((kills + 1))
done
cmp whole broken && echo "killed and resumed: the same"
ls broken*
"$detente" code --quiet --output other in.jsonl &
while [ ! -s other.part ]; do sleep 0.02; done
kill -INT $!
wait $!
echo "after INT: $?"
ls other*
"$detente" code --quiet --dyads --resume --output other in.jsonl 2>&1
echo $?
"$detente" code --quiet --resume --output other in.jsonl
echo $?
cmp whole other && echo "interrupted and resumed: the same"
