-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number, NAME varchar);
create pipe RAW.P as copy into RAW.T (ID) from (select $1 from @RAW.FILES);
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P as copy into RAW.T (ID) from (select $1 from @RAW.FILES);
-- [shows]
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- alter table RAW.T ! deletes-data:RAW.T.NAME
-- resume pipe RAW.P
