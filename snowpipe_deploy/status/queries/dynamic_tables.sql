-- Every dynamic table with its refresh mode and the time of its data. Needs no warehouse.
SHOW DYNAMIC TABLES IN DATABASE {database};
