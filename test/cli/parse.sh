printf "Iran didn't free two hostages. It waited." >in.txt
"$detente" parse in.txt | cut -f 1-4,6,10
"$detente" parse in.txt >out.conllu
"$detente" parse --tokenized out.conllu | grep -c '^[0-9]'
