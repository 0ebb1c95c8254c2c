# A copy, a half, another story; the index knows them in a later call; why two are twins.
cat >in.jsonl <<'END'
{"id":"first","text":"The harbour of Port Arlen was closed on Friday after a freighter ran aground at its mouth. Two tugs tried in vain to pull the ship off the sand. The harbour master said that it would take three days until ferries could leave again. Fishermen complained that nobody had marked the bank since the storms of last winter."}
{"id":"copy","text":"COAST NEWS\n\nThe harbour of Port Arlen was closed on Friday after a freighter ran aground at its mouth. Two tugs tried in vain to pull the ship off the sand. The harbour master said that it would take three days until ferries could leave again. Fishermen complained that nobody had marked the bank since the storms of last winter."}
{"id":"half","text":"The harbour of Port Arlen was closed on Friday after a freighter ran aground at its mouth. Two tugs tried in vain to pull the ship off the sand. The harbour master said."}
{"id":"other","text":"Parliament in Arlen voted on Friday for a new harbour law. The opposition left the hall before the vote and said that it would go to court. The law lets the state sell three harbours and the railway line that joins them."}
no story
END
"$detente" twins -f jsonl in.jsonl 2>&1; echo $?
"$detente" twins -f table --all in.jsonl 2>/dev/null
"$detente" twins -f jsonl --index idx in.jsonl 2>/dev/null | wc -l
head -c 900 idx >torn && mv torn idx
"$detente" twins -f jsonl --index idx in.jsonl 2>/dev/null | wc -l
"$detente" twins -f table --why half in.jsonl 2>/dev/null
"$detente" twins -f jsonl --why other --with first in.jsonl 2>/dev/null
"$detente" twins --why other in.jsonl 2>&1 | tail -1
echo 'a letter' >foreign
"$detente" twins --index foreign in.jsonl 2>&1; echo $?
