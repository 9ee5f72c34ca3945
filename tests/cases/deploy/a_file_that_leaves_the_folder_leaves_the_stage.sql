-- [current]
create schema RAW;
create stage RAW.CODE;
-- file RAW/CODE/a.py: x = 1
-- file RAW/CODE/b.py: y = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
-- file RAW/CODE/b.py: y = 1
-- [shows]
-- upload_files
-- [plan]
-- drop stage file RAW.CODE/a.py ! deletes-object
