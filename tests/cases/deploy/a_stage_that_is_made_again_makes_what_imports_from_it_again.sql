-- [current]
create schema RAW;
create stage RAW.CODE;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/a.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
-- file RAW/CODE/a.py: x = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/a.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
-- file RAW/CODE/a.py: x = 1
-- [by hand]
drop stage CASE_DB.RAW.CODE;
-- [shows]
-- follow_imports
-- upload_files
-- [plan]
-- create stage RAW.CODE
-- upload stage file RAW.CODE/a.py
-- alter function RAW.F(NUMBER)
