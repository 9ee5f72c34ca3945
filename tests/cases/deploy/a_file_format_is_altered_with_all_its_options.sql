-- [current]
create schema RAW;
create file format RAW.F type = csv skip_header = 1;
-- [desired]
create schema RAW;
create file format RAW.F type = csv skip_header = 2 null_if = ('');
-- [plan]
-- alter file format RAW.F
