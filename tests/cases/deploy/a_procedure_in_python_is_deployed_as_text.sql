-- [current]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') handler = 'run' as $$
def run(session, a):
    return a
$$;
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language python runtime_version = '3.11' packages = ('snowflake-snowpark-python') handler = 'run' as $$
def run(session, a):
    return a + a
$$;
-- [plan]
-- alter procedure RAW.P(VARCHAR)
