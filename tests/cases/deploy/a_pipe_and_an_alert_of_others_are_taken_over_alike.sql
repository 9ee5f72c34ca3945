-- [desired]
create schema RAW;
create table RAW.T (ID number);
create stage RAW.S;
create pipe RAW.P comment = 'loads' as copy into RAW.T from @RAW.S;
create alert RAW.WATCH warehouse = W schedule = '10 minutes' if (exists (select 1 from RAW.T)) then insert into RAW.T select 1;
-- [by hand]
create schema CASE_DB.RAW;
use schema CASE_DB.RAW;
create table CASE_DB.RAW.T (ID number);
create stage CASE_DB.RAW.S;
create pipe CASE_DB.RAW.P comment = 'loads' as copy into RAW.T from @RAW.S;
create alert CASE_DB.RAW.WATCH warehouse = W schedule = '10 minutes' if (exists (select 1 from RAW.T)) then insert into RAW.T select 1
-- [shows]
-- start_tasks
-- [plan]
-- note: alert RAW.WATCH is suspended by somebody, not by us, and stays so; `apply --resume RAW.WATCH` lifts it
-- take over schema RAW
-- take over stage RAW.S
-- take over table RAW.T
-- take over pipe RAW.P
-- take over alert RAW.WATCH
