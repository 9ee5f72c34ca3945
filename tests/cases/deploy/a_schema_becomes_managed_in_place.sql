-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW with managed access comment = 'grants by its owner alone' data_retention_time_in_days = 3;
create table RAW.T (ID number);
-- [plan]
-- alter schema RAW
