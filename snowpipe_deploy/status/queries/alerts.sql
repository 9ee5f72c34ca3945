-- Every alert with its state. Needs no warehouse.
SHOW ALERTS IN DATABASE {database};
