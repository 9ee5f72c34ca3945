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
drop stage CASE_DB.RAW.FILES;
-- [shows]
-- follow_replacements
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- create stage RAW.FILES
-- replace pipe RAW.P ! loses-load-history ! loses-grants
-- resume pipe RAW.P
