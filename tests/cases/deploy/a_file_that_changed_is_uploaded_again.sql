-- [current]
create schema RAW;
create stage RAW.CODE;
-- file RAW/CODE/a.py: x = 1
-- file RAW/CODE/b.py: y = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
-- file RAW/CODE/a.py: x = 2
-- file RAW/CODE/b.py: y = 1
-- [shows]
-- upload_files
-- [plan]
-- upload stage file RAW.CODE/a.py
