-- [current]
create schema RAW;
create stage RAW.CODE;
create procedure RAW.P() returns varchar language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') imports = ('@RAW.CODE/lib/a.py') handler = 'a.run' as $$ x $$;
-- file RAW/CODE/lib/a.py: x = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
create procedure RAW.P() returns varchar language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') imports = ('@RAW.CODE/lib/a.py') handler = 'a.run' as $$ x $$;
-- file RAW/CODE/lib/a.py: x = 2
-- [shows]
-- follow_imports
-- upload_files
-- [plan]
-- upload stage file RAW.CODE/lib/a.py
-- alter procedure RAW.P()
