-- [desired]
create schema RAW comment = 'files';
create table RAW.T (ID number not null, NAME varchar(10) default 'x', N number autoincrement) comment = 'rows' cluster by (ID);
create transient table RAW.X (AT timestamp_ntz comment 'when', V variant);
create stream RAW.S on table RAW.T append_only = true;
create view RAW.V comment = 'all' as select ID from RAW.T;
create sequence RAW.Q increment 2 comment = 'keys';
create file format RAW.F type = csv skip_header = 1;
create stage RAW.FILES comment = 'incoming';
create task RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task RAW.A warehouse = W after RAW.ROOT when SYSTEM$STREAM_HAS_DATA('RAW.S') as select 1;
-- [by hand]
create schema CASE_DB.RAW comment = 'files';
create table CASE_DB.RAW.T (ID number not null, NAME varchar(10) default 'x', N number autoincrement) comment = 'rows' cluster by (ID);
create transient table CASE_DB.RAW.X (AT timestamp_ntz comment 'when', V variant);
create stream CASE_DB.RAW.S on table CASE_DB.RAW.T append_only = true;
create view CASE_DB.RAW.V comment = 'all' as select ID from RAW.T;
create sequence CASE_DB.RAW.Q increment 2 comment = 'keys';
create file format CASE_DB.RAW.F type = csv skip_header = 1;
create stage CASE_DB.RAW.FILES comment = 'incoming';
create task CASE_DB.RAW.ROOT warehouse = W schedule = '60 minutes' as select 1;
create task CASE_DB.RAW.A warehouse = W after CASE_DB.RAW.ROOT when SYSTEM$STREAM_HAS_DATA('RAW.S') as select 1
-- [shows]
-- start_tasks
-- [plan]
-- note: task RAW.ROOT is suspended by somebody, not by us, and stays so; `apply --resume RAW.ROOT` lifts it
-- note: task RAW.A is suspended by somebody, not by us, and stays so; `apply --resume RAW.A` lifts it
-- take over schema RAW
-- take over file format RAW.F
-- take over sequence RAW.Q
-- take over stage RAW.FILES
-- take over table RAW.T
-- take over table RAW.X
-- take over stream RAW.S
-- take over view RAW.V
-- take over task RAW.ROOT
-- take over task RAW.A
