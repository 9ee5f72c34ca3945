-- [current]
-- [desired]
create schema RAW;
-- file RAW/CODE/lib/a.py: x = 1
-- file RAW/CODE/b.txt: text
create stage RAW.CODE;
-- [shows]
-- upload_files
-- [plan]
-- create schema RAW
-- create stage RAW.CODE
-- upload stage file RAW.CODE/b.txt
-- upload stage file RAW.CODE/lib/a.py
