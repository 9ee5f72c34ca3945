-- [current]
create schema RAW;
create tag RAW.COST allowed_values 'a', 'b';
create tag RAW.TEAM;
create table RAW.T (ID number with tag (RAW.COST = 'a')) with tag (RAW.COST = 'a');
-- [desired]
create schema RAW;
create tag RAW.COST allowed_values 'a', 'b';
create tag RAW.TEAM;
create table RAW.T (ID number) tag (RAW.COST = 'b', RAW.TEAM = 'us');
-- [plan]
-- alter table RAW.T
