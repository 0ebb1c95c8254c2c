# CoNLL-U out, and CoNLL-U in again: tokens and sentences stay.
printf "Iran didn't release the hostages. It waited." >in.txt
"$detente" parse in.txt >out.conllu
cut -f 1-4,6 out.conllu
grep -o 'SpaceAfter=No' out.conllu | wc -l
grep -o 'TokenRange=[0-9:]*' out.conllu | tr '\n' ' '
echo
"$detente" parse --tokenized out.conllu | cut -f 1-2 | sed 's/^# text.*//' >again
cut -f 1-2 out.conllu | sed 's/^# text.*//' | diff - again && echo the same tokens
"$detente" parse --format nonsense in.txt 2>&1
echo "status $?"
