-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create table RAW.A (ID number with tag (RAW.COST = 'a')) with tag (RAW.COST = 'b');
create tag RAW.COST allowed_values 'a', 'b';
-- [plan]
-- create tag RAW.COST
-- create table RAW.A
