-- [current]
create schema RAW;
create file format RAW.F type = csv skip_header = 1;
-- [desired]
create schema RAW;
create file format RAW.F skip_header = 1 TYPE = 'CSV';
-- [plan]
