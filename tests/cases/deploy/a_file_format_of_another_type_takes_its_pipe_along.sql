-- [current]
create schema RAW;
create file format RAW.F type = csv;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P auto_ingest = true as copy into RAW.T from @RAW.FILES file_format = (format_name = 'RAW.F');
-- [desired]
create schema RAW;
create file format RAW.F type = json;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P auto_ingest = true as copy into RAW.T from @RAW.FILES file_format = (format_name = 'RAW.F');
-- [shows]
-- follow_replacements
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- replace file format RAW.F ! loses-grants
-- replace pipe RAW.P ! loses-load-history ! loses-grants
-- refresh pipe RAW.P
-- resume pipe RAW.P
