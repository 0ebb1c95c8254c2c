# The formats of other coders and GeoJSON, read by readers that are not ours; stories with whatever
# breaks tables in them. What a new model may change stands in no line here.
{
    printf '%s\n' '{"id":"a\tb","date":"2024-06-13","publisher":"One\nTwo","url":"https://example.org/a\tb","text":"Armenia and Azerbaijan held talks in Tbilisi on Monday.\nThe talks\tlasted\tsix hours."}'
    printf '%s\n' '{"id":"c","date":"2024-06-13","title":"Police arrest protesters","text":"Police in Lagos arrested 30 protesters on Monday.\nFrance condemned the arrests."}'
    printf '%s\n' '{"id":"d","text":"\"The army\tfired \u0001 on rebels\", a minister said in Goma."}'
    printf '%s\n' '{"id":"e","text":"Nothing happened."}'
} >in.jsonl
if python3 "$here/formats_out.py" "$detente" in.jsonl "$here"/../../demo/*.txt >said; then echo "all are read"; else cat said; fi
for format in icews polecat; do "$detente" code -q -f $format /dev/null | tr '\t' '|'; done
"$detente" code -q -f petrarch in.jsonl | awk -F '\t' '{print NF, $1, $2, $3}' | head -n 2
echo "an empty collection:"; "$detente" code -f geojson /dev/null
echo '{"id":"f","text":"Iran condemned Israel."}' | "$detente" code -f geojsonl 2>&1 | cut -c 1-40
for format in csv jsonl; do "$detente" code -q --dyads -f $format in.jsonl | grep -c . ; done
"$detente" code -q --dyads -f jsonl in.jsonl | sed 's/.*"id":"\([^"]*\)","story".*/\1/' | sort | uniq -d | wc -l
"$detente" code -f geojson --dyads in.jsonl 2>&1
