-- [current]
create schema RAW;
create stage RAW.CODE;
-- file RAW/CODE/a.py: x = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
-- file RAW/CODE/a.py: x = 1
-- [by hand]
drop stage CASE_DB.RAW.CODE;
-- [shows]
-- upload_files
-- [plan]
-- create stage RAW.CODE
-- upload stage file RAW.CODE/a.py
