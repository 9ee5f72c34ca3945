"""Pipeline tests: what a test file says, how its steps are run, what must hold after them, and what of the project ran."""
