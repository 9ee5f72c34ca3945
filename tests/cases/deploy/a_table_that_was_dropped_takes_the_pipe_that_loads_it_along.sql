-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P auto_ingest = true as copy into RAW.T from @RAW.FILES;
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P auto_ingest = true as copy into RAW.T from @RAW.FILES;
-- [by hand]
drop table CASE_DB.RAW.T;
-- [shows]
-- follow_replacements
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- create table RAW.T
-- replace pipe RAW.P ! loses-load-history ! loses-grants
-- resume pipe RAW.P
