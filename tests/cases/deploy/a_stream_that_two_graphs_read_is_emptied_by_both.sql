-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create table RAW.AGAIN (ID number);
create stream RAW.S on table RAW.T;
create task RAW.A warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.S;
create task RAW.B warehouse = W schedule = '60 minutes' as insert into RAW.AGAIN select ID from RAW.S;
-- [by hand]
insert into CASE_DB.RAW.T values (1), (2);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create table RAW.AGAIN (ID number);
create stream RAW.S on table RAW.T append_only = true;
create task RAW.A warehouse = W schedule = '60 minutes' as insert into RAW.READ select ID from RAW.S;
create task RAW.B warehouse = W schedule = '60 minutes' as insert into RAW.AGAIN select ID from RAW.S;
-- [shows]
-- keep_offsets
-- open_windows
-- [plan]
-- suspend task RAW.A
-- wait for runs of task RAW.A
-- suspend task RAW.B
-- wait for runs of task RAW.B
-- drain stream RAW.S
-- replace stream RAW.S ! loses-grants
-- resume task RAW.A
-- resume task RAW.B
