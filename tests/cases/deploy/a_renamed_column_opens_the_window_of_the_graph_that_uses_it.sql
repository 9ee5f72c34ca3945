-- [current]
create schema RAW;
create table RAW.T (NAME varchar(10));
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.T (NAME) values ('x');
-- [desired]
create schema RAW;
create table RAW.T (TITLE varchar(10) -- snowdeploy: was NAME
);
create task RAW.ROOT warehouse = W schedule = '60 minutes' as insert into RAW.T (TITLE) values ('x');
-- [shows]
-- open_windows
-- [plan]
-- suspend task RAW.ROOT
-- wait for runs of task RAW.ROOT
-- alter table RAW.T
-- alter task RAW.ROOT
-- resume task RAW.ROOT
-- no way back: the old files do not declare the way back
