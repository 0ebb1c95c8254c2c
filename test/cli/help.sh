"$detente" --help && "$detente" --version
