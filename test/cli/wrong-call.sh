# What is wrong with a call is said in a sentence, status 2, and nothing is done.
try() {
    "$detente" "$@" 2>&1
    echo "$?"
}
echo '{"text":"It rained."}' >in.jsonl
try code --threads 0 in.jsonl
try code --threads many in.jsonl
try code --threads=4x in.jsonl
try code -j
try code --date 2024-02-30 in.jsonl
try code --date= in.jsonl
try code --status nonsense in.jsonl
try code --status actual,nonsense in.jsonl
try code --status "" in.jsonl
try code --format
try code -fxml in.jsonl
try code --dyads=yes in.jsonl
try explain
try explain one two
try explain --date yesterday "It rained."
try info extra
try bench
try bench in.jsonl -
try completion
try completion tcsh
try help code parse
# options of other commands, and slips
try annotate -f csv --db x.db in.jsonl
try annotate --db x.db in.jsonl
try info --dyads
try code --fromat csv in.jsonl
try code --thread 2 in.jsonl
try code -x in.jsonl
try explain -5
try classify --strict in.jsonl
try coed in.jsonl
try help clasify
try --quiet code in.jsonl
# options that cannot go together
try code -f csv --db x.db in.jsonl
try code --dyads --db x.db in.jsonl
try code --header --db x.db in.jsonl
try code --header -f csv in.jsonl
try code --header -f table in.jsonl
try code --dyads -f table in.jsonl
try parse --text --tokenized in.jsonl
[ -e x.db ] || echo "no database was made"
"$detente" >/dev/null 2>&1
echo "$?"
