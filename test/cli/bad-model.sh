# No model, a foreign file, a model cut off: one clear sentence each.
echo 'x' >in.txt
"$detente" code --model nowhere.dtm in.txt 2>&1
echo 'this is no model' >foreign.dtm
"$detente" code --model foreign.dtm in.txt 2>&1
head -c 100000 "$here/../../model/english.dtm" >cut.dtm
"$detente" code --model cut.dtm in.txt 2>&1 | sed 's/[0-9][0-9]* bytes where [0-9]*/N bytes where M/'
"$detente" info --model cut.dtm >/dev/null 2>&1
