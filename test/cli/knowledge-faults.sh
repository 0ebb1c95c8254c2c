# Mistakes in a folder of one's own are named with file, line and reason.
try() {
    "$detente" explain "France met Iran." --knowledge mine 2>&1 >/dev/null
    rm -rf mine
    mkdir -p mine/actors mine/places
}
mkdir -p mine/actors mine/places
printf 'provenance  mine\n\nperson a/b  Ann Bee\n  role ZZZ GOV 2020..2021 minister\n' >mine/actors/a.txt
try
printf 'provenance  mine\n\norg a-b  Ay Bee\n  country ZZZ\n' >mine/actors/a.txt
try
printf 'provenance  mine\n\norg a-b  Ay Bee\n  country FRA\n  sector QQQ\n' >mine/actors/a.txt
try
printf 'provenance  mine\n\nrole QQQ\n  person wizard\n' >mine/roles.txt
try
printf 'provenance  mine\n\ncountry ZZZ  Zedland\n\norg a-b  Ay Bee\n  country ZZZ\n  sector GOV\n' >mine/actors/a.txt
try
printf 'provenance  mine\n' >mine/actor.txt
try
printf '# provenance mine\n' >mine/actors/a.tsv
try
printf 'anything\n' >mine/README.txt
try
printf '\357\273\277provenance  mine\n' >mine/actors/a.txt
try
printf '\357\273\277# provenance mine\n' >mine/places/a.tsv
try
