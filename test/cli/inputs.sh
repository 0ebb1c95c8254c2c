# Files of every kind that is read, in every encoding, spelling of the date and container: all are read, or
# refused with a sentence. The table is in inputs.py: a new kind is a line there.
command -v python3 >/dev/null || { echo "python3 is not installed; skipped" >&2; exit 77; }
python3 "$here/inputs.py" "$detente"
