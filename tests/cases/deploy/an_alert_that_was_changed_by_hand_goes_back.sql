-- [current]
create schema RAW;
create table RAW.T (ID number);
create alert RAW.WATCH warehouse = W schedule = '10 minutes' if (exists (select 1 from RAW.T)) then insert into RAW.T select 1;
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create alert RAW.WATCH warehouse = W schedule = '10 minutes' if (exists (select 1 from RAW.T)) then insert into RAW.T select 1;
-- [by hand]
alter alert CASE_DB.RAW.WATCH suspend;
alter alert CASE_DB.RAW.WATCH set warehouse = OTHER;
alter alert CASE_DB.RAW.WATCH modify action insert into RAW.T select 2;
alter alert CASE_DB.RAW.WATCH resume
-- [shows]
-- open_windows
-- [plan]
-- drift: alert RAW.WATCH action was insert into RAW.T select 1, is insert into RAW.T select 2; undone
-- drift: alert RAW.WATCH warehouse was W, is OTHER; undone
-- suspend alert RAW.WATCH
-- alter alert RAW.WATCH
-- resume alert RAW.WATCH
