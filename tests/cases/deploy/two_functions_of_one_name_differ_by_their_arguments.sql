-- [current]
create schema RAW;
create function RAW.F(A number) returns number language sql as $$ a + 1 $$;
-- [desired]
create schema RAW;
create function RAW.F(A number) returns number language sql as $$ a + 1 $$;
create function RAW.F(A varchar) returns number language sql as $$ 1 $$;
-- [plan]
-- create function RAW.F(VARCHAR)
