-- Every task with its state, schedule and predecessors. Needs no warehouse.
SHOW TASKS IN DATABASE {database};
