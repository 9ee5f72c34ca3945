-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create stage RAW.A file_format = (format_name = 'RAW.Z');
create file format RAW.Z type = csv;
-- [plan]
-- create file format RAW.Z
-- create stage RAW.A
