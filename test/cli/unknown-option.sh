"$detente" code --frobnicate 2>&1
