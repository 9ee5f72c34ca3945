"""What a user types: one module a command, found by its file name."""
