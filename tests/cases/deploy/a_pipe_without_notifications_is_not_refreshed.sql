-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P as copy into RAW.T from @RAW.FILES/in/;
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P as copy into RAW.T from @RAW.FILES/In/;
-- [shows]
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- replace pipe RAW.P ! loses-load-history ! loses-grants
-- resume pipe RAW.P
