-- [no database]
-- [desired]
create schema RAW;
create stage RAW.CODE;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/a.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
-- file RAW/CODE/a.py: x = 1
-- [shows]
-- make_database
-- upload_files
-- [plan]
-- create database CASE_DB
-- create schema RAW
-- create stage RAW.CODE
-- upload stage file RAW.CODE/a.py
-- create function RAW.F(NUMBER)
