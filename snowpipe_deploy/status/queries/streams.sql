-- Every stream with its source and when it goes stale. Needs no warehouse.
SHOW STREAMS IN DATABASE {database};
