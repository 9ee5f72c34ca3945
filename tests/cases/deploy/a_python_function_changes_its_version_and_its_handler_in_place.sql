-- [current]
create schema RAW;
create function RAW.F(A number) returns number language python runtime_version = '3.10' handler = 'f' as $$
def f(a):
    return a
$$;
-- [desired]
create schema RAW;
create function RAW.F(A number) returns number language python runtime_version = '3.11' packages = ('numpy') handler = 'g' as $$
def g(a):
    return a
$$;
-- [plan]
-- alter function RAW.F(NUMBER)
