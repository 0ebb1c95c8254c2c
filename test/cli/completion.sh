# What bash offers for a call that is half written; that zsh and fish can read their scripts, where they are
# installed. The scripts are those that an installation puts in place.
for shell in bash zsh fish; do
    "$detente" completion $shell >script.$shell
    cmp script.$shell "$(dirname "$detente")/completion/detente.$shell" && echo "$shell: as installed"
    command -v $shell >/dev/null && { $shell -n script.$shell || echo "$shell cannot read it"; }
done
touch story.jsonl story.txt
mkdir stories
cat >offer.bash <<'END'
source ./script.bash
compopt() { :; }
offer() {
    COMP_WORDS=(detente "$@")
    COMP_CWORD=$#
    _detente
    echo "$* -> ${COMPREPLY[*]}"
}
offer ""
offer co
offer -
offer help c
offer completion ""
offer code --d
offer annotate --d
offer code -f ""
offer parse -f ""
offer code --format = t
offer code --format =
offer code --status actual,p
offer code --threads ""
offer code sto
offer code --model story.t
offer code --knowledge sto
offer code --dyads sto
offer explain sto
offer bench --against detente-no-such
END
command -v bash >/dev/null || { echo "bash is not installed; skipped" >&2; exit 77; }
bash offer.bash
