-- [current]
create schema RAW;
create stage RAW.CODE;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/a.py', '@RAW.CODE/b.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
-- file RAW/CODE/a.py: x = 1
-- file RAW/CODE/b.py: y = 1
-- [desired]
create schema RAW;
create stage RAW.CODE;
create function RAW.F(A number) returns number language python runtime_version = '3.11' imports = ('@RAW.CODE/a.py', '@RAW.CODE/b.py') handler = 'f' as $$
import a
def f(a):
    return a.f(a)
$$;
-- file RAW/CODE/a.py: x = 2
-- file RAW/CODE/b.py: y = 2
-- [shows]
-- follow_imports
-- upload_files
-- [plan]
-- upload stage file RAW.CODE/a.py
-- upload stage file RAW.CODE/b.py
-- alter function RAW.F(NUMBER)
