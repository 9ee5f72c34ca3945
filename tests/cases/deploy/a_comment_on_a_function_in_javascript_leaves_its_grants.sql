-- [current]
create schema RAW;
create role READER;
create function RAW.F(A float) returns float language javascript as $$ return A; $$;
grant usage on function RAW.F(float) to role READER;
-- [desired]
create schema RAW;
create role READER;
create function RAW.F(A float) returns float language javascript comment = 'itself' as $$ return A; $$;
grant usage on function RAW.F(float) to role READER;
-- [plan]
-- alter function RAW.F(FLOAT)
