-- [current]
create schema RAW;
create stage RAW.CODE;
create procedure RAW.P(A number) returns number language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') imports = ('@RAW.CODE/lib/a.py') handler = 'f' as $$
import a
def f(session, a):
    return a.f(a)
$$;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/lib/a.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
create function RAW.G(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/b.py') handler = 'f' as $$
import b
def f(a):
    return b.f(a)
$$;
-- file RAW/CODE/lib/a.py: x = 1
-- file RAW/CODE/b.py: y = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
create procedure RAW.P(A number) returns number language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') imports = ('@RAW.CODE/lib/a.py') handler = 'f' as $$
import a
def f(session, a):
    return a.f(a)
$$;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/lib/a.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
create function RAW.G(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/b.py') handler = 'f' as $$
import b
def f(a):
    return b.f(a)
$$;
-- file RAW/CODE/lib/a.py: x = 2
-- file RAW/CODE/b.py: y = 1
-- [shows]
-- follow_imports
-- upload_files
-- [plan]
-- upload stage file RAW.CODE/lib/a.py
-- alter function RAW.F(NUMBER)
-- alter procedure RAW.P(NUMBER)
