-- [current]
create schema RAW;
create stage RAW.CODE;
create procedure RAW.P(A number) returns number language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') imports = ('@RAW.CODE/a.py') handler = 'f' as $$
import a
def f(session, a):
    return a.f(a)
$$;
-- [desired]
create schema RAW;
create stage RAW.CODE;
create procedure RAW.P(A number) returns number language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') imports = ('@RAW.CODE/a.py') handler = 'f' as $$
import a
def f(session, a):
    return a.f(a)
$$;
-- file RAW/CODE/a.py: x = 1
-- [shows]
-- follow_imports
-- upload_files
-- [plan]
-- upload stage file RAW.CODE/a.py
-- alter procedure RAW.P(NUMBER)
