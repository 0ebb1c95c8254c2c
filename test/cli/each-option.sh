# Each command with each option, by the program's own list: accepted and kept, or refused; none ignored.
exec python3 "$here/each_option.py" "$detente" "$here/../.."
