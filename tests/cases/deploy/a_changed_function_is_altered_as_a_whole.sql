-- [current]
create schema RAW;
create function RAW.F(A number) returns number language sql as $$ a + 1 $$;
-- [desired]
create schema RAW;
create function RAW.F(A number) returns number language sql comment = 'two' as $$ a + 2 $$;
-- [plan]
-- alter function RAW.F(NUMBER)
