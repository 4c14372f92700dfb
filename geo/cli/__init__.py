"""The command line: one module a command, each with `register` and the function that runs it."""
