"$detente" frobnicate 2>&1
