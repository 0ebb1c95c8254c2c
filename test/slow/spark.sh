#!/bin/sh
# cluster/detente_spark.py on Spark in local-cluster mode: by file and by table, the events that the program
# gives.   spark.sh BUILD [FILE]     Exit status 77: skipped, because pyspark, pyarrow or Java is missing.
set -u
detente=$(cd "$1" && pwd)/detente
project=$(cd "$(dirname "$0")/../.." && pwd)
python=${DETENTE_PYTHON:-python3}
if ! "$python" -c 'import pyspark, pandas, pyarrow' 2>/dev/null || ! command -v java >/dev/null; then
    echo "skipped: pyspark, pandas, pyarrow and Java are needed (DETENTE_PYTHON names a Python that has them)"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stories=${2:-$work/stories.jsonl}
cd "$work" || exit 1
[ $# -ge 2 ] || "$python" - <<'PYTHON'
import json
with open("stories.jsonl", "w") as to:
    for i in range(400):
        print(json.dumps({"id": str(i), "date": "2024-06-13", "text": f"Poland sent {i} tanks to Ukraine on Monday. France condemned Iran."}), file=to)
PYTHON
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
PYTHONPATH=$(dirname "$SPARK_HOME")
PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1 JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
export SPARK_HOME PYTHONPATH PYSPARK_PYTHON SPARK_LOCAL_IP JAVA_HOME
job() {
    "$SPARK_HOME/bin/spark-submit" --master 'local-cluster[2,1,1024]' --conf spark.ui.enabled=false \
        --conf spark.executorEnv.PYTHONPATH="$PYTHONPATH" "$project/cluster/detente_spark.py" --detente "$detente" "$@" 2>log || { cat log; exit 1; }
}
job --shards 4 --out by-file.parquet "$stories"
outs=by-file.parquet
if [ $# -lt 2 ]; then
    "$python" -c 'import pandas; pandas.read_json("stories.jsonl", lines=True, dtype=False, convert_dates=False).to_parquet("stories.parquet")'
    job --table "$work/stories.parquet" --out by-table.parquet
    outs="$outs by-table.parquet"
fi
"$detente" code --quiet --format jsonl "$stories" | LC_ALL=C sort >one
for out in $outs; do
    "$python" -c 'import sys, pyarrow.parquet as p; print("\n".join(p.read_table(sys.argv[1]).column("record").to_pylist()))' "$out" | LC_ALL=C sort >many
    cmp one many || exit 1
    echo "$out: the same $(wc -l <one) events"
done
