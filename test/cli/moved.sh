# A program that was moved with its share folder finds model and knowledge there; without it, where it
# was built.
[ -e /proc/self/exe ] || { echo "no /proc is mounted: a program cannot know where it lies; skipped" >&2; exit 77; }
mkdir -p place/bin place/share/detente
cp "$detente" place/bin/detente
place/bin/detente info >away && ! grep -q "$PWD/place/share" away && echo "from where it was built"
cp "$here/../../model/english.dtm" place/share/detente/
cp "$(sed -n 's/^knowledge  *\(\/.*\)/\1/p' away)" place/share/detente/
place/bin/detente info | sed -n "s,^model  *$PWD/,model ,p; s,^knowledge  *$PWD/,knowledge ,p"
DETENTE_MODEL=nowhere place/bin/detente info 2>&1
