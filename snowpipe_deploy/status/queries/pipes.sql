-- Every pipe. Needs no warehouse.
SHOW PIPES IN DATABASE {database};
