-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar);
create alert RAW.A warehouse = W schedule = '60 minutes' if (exists (select ID from RAW.T)) then select 1;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create alert RAW.A warehouse = W schedule = '60 minutes' if (exists (select ID from RAW.T)) then select 1;
-- [shows]
-- open_windows
-- [plan]
-- suspend alert RAW.A
-- alter table RAW.T ! deletes-data:RAW.T.NAME
-- resume alert RAW.A
