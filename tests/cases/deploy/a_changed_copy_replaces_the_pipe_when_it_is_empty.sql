-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number, NAME varchar);
create pipe RAW.P auto_ingest = true as copy into RAW.T from @RAW.FILES/in/ file_format = (type = csv);
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number, NAME varchar);
create pipe RAW.P auto_ingest = true as copy into RAW.T from @RAW.FILES/in/ file_format = (type = csv skip_header = 1);
-- [shows]
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- replace pipe RAW.P ! loses-load-history ! loses-grants
-- refresh pipe RAW.P
-- resume pipe RAW.P
