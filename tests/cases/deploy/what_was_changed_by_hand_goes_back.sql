-- [current]
create schema RAW comment = 'files as they came';
create table RAW.T (ID number not null, NAME varchar(10)) comment = 'rows' cluster by (ID);
create table RAW.U (ID number);
create stream RAW.S on table RAW.T comment = 'changes';
create view RAW.V comment = 'all' as select ID from RAW.T;
create sequence RAW.Q comment = 'keys';
create file format RAW.F type = csv skip_header = 1;
create stage RAW.FILES comment = 'incoming';
create task RAW.ROOT warehouse = W schedule = '60 minutes' comment = 'first' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create procedure RAW.P() returns varchar language sql comment = 'does' as $$ begin return 'x'; end $$;
-- [desired]
create schema RAW comment = 'files as they came';
create table RAW.T (ID number not null, NAME varchar(10)) comment = 'rows' cluster by (ID);
create table RAW.U (ID number);
create stream RAW.S on table RAW.T comment = 'changes';
create view RAW.V comment = 'all' as select ID from RAW.T;
create sequence RAW.Q comment = 'keys';
create file format RAW.F type = csv skip_header = 1;
create stage RAW.FILES comment = 'incoming';
create task RAW.ROOT warehouse = W schedule = '60 minutes' comment = 'first' as select 1;
create task RAW.A warehouse = W after RAW.ROOT as select 1;
create procedure RAW.P() returns varchar language sql comment = 'does' as $$ begin return 'x'; end $$;
-- [by hand]
alter table CASE_DB.RAW.T alter column ID drop not null;
alter table CASE_DB.RAW.T set comment = 'theirs';
alter table CASE_DB.RAW.T cluster by (NAME);
alter table CASE_DB.RAW.U set comment = 'theirs';
alter stream CASE_DB.RAW.S set comment = 'theirs';
alter view CASE_DB.RAW.V set comment = 'theirs';
alter sequence CASE_DB.RAW.Q set comment = 'theirs';
alter file format CASE_DB.RAW.F set skip_header = 2;
alter stage CASE_DB.RAW.FILES set comment = 'theirs';
alter task CASE_DB.RAW.ROOT suspend;
alter task CASE_DB.RAW.A set warehouse = OTHER;
alter task CASE_DB.RAW.A modify as select 2;
alter task CASE_DB.RAW.ROOT set schedule = '5 minutes';
alter task CASE_DB.RAW.ROOT resume
-- [shows]
-- open_windows
-- [plan]
-- drift: table RAW.T cluster_by was LINEAR(ID), is LINEAR(NAME); undone
-- drift: table RAW.T column ID was NUMBER(38,0) NOT NULL, is NUMBER(38,0); undone
-- drift: table RAW.T comment was rows, is theirs; undone
-- drift: table RAW.U comment was empty, is theirs; undone
-- drift: stream RAW.S comment was changes, is theirs; undone
-- drift: view RAW.V comment was all, is theirs; undone
-- drift: sequence RAW.Q comment was keys, is theirs; undone
-- drift: file format RAW.F options was SKIP_HEADER = 1, is SKIP_HEADER = 2; undone
-- drift: stage RAW.FILES comment was incoming, is theirs; undone
-- drift: task RAW.ROOT schedule was 3600 SECONDS, is 300 SECONDS; undone
-- drift: task RAW.A definition was select 1, is select 2; undone
-- drift: task RAW.A warehouse was W, is OTHER; undone
-- suspend task RAW.ROOT
-- alter file format RAW.F
-- alter sequence RAW.Q
-- alter stage RAW.FILES
-- alter table RAW.T
-- alter table RAW.U
-- alter stream RAW.S
-- alter view RAW.V
-- alter task RAW.ROOT
-- alter task RAW.A
-- resume task RAW.ROOT
