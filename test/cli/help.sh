# One text, however it is asked for, and no line of it is wider than a terminal.
"$detente" --help && "$detente" --version
"$detente" help >asked
"$detente" -h | cmp - asked
for command in code annotate parse explain classify missing bench info completion help; do
    "$detente" help $command >>asked
    { "$detente" --help $command; "$detente" $command --help; "$detente" $command -h; } >thrice
    { "$detente" help $command; "$detente" help $command; "$detente" help $command; } | cmp - thrice
done
awk 'length > 80' asked
"$detente" help code
