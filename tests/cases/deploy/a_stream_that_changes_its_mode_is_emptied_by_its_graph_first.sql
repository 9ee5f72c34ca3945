-- [current]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T;
create task RAW.READER warehouse = W schedule = '60 minutes' when system$stream_has_data('RAW.S')
as insert into RAW.READ select ID from RAW.S;
-- [by hand]
insert into CASE_DB.RAW.T values (1), (2);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create table RAW.READ (ID number);
create stream RAW.S on table RAW.T append_only = true comment = 'inserts only';
create task RAW.READER warehouse = W schedule = '60 minutes' when system$stream_has_data('RAW.S')
as insert into RAW.READ select ID from RAW.S where ID > 0;
-- [shows]
-- open_windows
-- keep_offsets
-- [plan]
-- suspend task RAW.READER
-- wait for runs of task RAW.READER
-- drain stream RAW.S
-- replace stream RAW.S ! loses-grants
-- alter task RAW.READER
-- resume task RAW.READER
