-- [current]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create table RAW.OUT (ID number);
create stream RAW.ST on table RAW.T;
create task RAW.A warehouse = W schedule = '60 minutes' as insert into RAW.OUT select ID from RAW.ST;
grant select on stream RAW.ST to role READER;
-- [desired]
create schema RAW;
create role READER;
create table RAW.T (ID number);
create table RAW.OUT (ID number);
create stream RAW.ST on table RAW.T append_only = true;
create task RAW.A warehouse = W schedule = '60 minutes' as insert into RAW.OUT select ID from RAW.ST;
grant select on stream RAW.ST to role READER;
-- [shows]
-- open_windows
-- keep_offsets
-- restore_grants
-- [plan]
-- suspend task RAW.A
-- wait for runs of task RAW.A
-- drain stream RAW.ST
-- replace stream RAW.ST ! loses-grants
-- alter grant on stream RAW.ST to role READER
-- resume task RAW.A
