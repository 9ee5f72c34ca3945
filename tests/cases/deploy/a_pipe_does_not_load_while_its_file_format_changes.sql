-- [current]
create schema RAW;
create file format RAW.F type = csv skip_header = 1;
create stage RAW.X;
create table RAW.T (ID number);
create pipe RAW.P as copy into RAW.T from @RAW.X file_format = (format_name = 'RAW.F');
-- [desired]
create schema RAW;
create file format RAW.F type = csv skip_header = 2;
create stage RAW.X;
create table RAW.T (ID number);
create pipe RAW.P as copy into RAW.T from @RAW.X file_format = (format_name = 'RAW.F');
-- [shows]
-- guard_pipes
-- [plan]
-- suspend pipe RAW.P
-- wait for files of pipe RAW.P
-- alter file format RAW.F
-- resume pipe RAW.P
