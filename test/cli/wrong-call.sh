# What is wrong with a call is said in a sentence, status 2.
try() {
    "$detente" "$@" 2>&1
    echo "$?"
}
echo '{"text":"It rained."}' >in.jsonl
try code --threads 0 in.jsonl
try code --threads many in.jsonl
try code --date 2024-02-30 in.jsonl
try code --status nonsense in.jsonl
try code --status actual,nonsense in.jsonl
try code --status "" in.jsonl
try code --format
try explain
try explain one two
try explain --date yesterday "It rained."
try info extra
try bench
"$detente" >/dev/null 2>&1
echo "$?"
