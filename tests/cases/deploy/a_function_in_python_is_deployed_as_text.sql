-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create function RAW.F(A number) returns number language python runtime_version = '3.11' handler = 'f' as $$
def f(a):
    return a
$$;
-- [plan]
-- create function RAW.F(NUMBER)
