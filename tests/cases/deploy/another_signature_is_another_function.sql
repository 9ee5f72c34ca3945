-- [current]
create schema RAW;
create function RAW.F(A number) returns number language sql as $$ a + 1 $$;
-- [desired]
create schema RAW;
create function RAW.F(A number, B varchar) returns number language sql as $$ a + 1 $$;
-- [plan]
-- create function RAW.F(NUMBER, VARCHAR)
-- drop function RAW.F(NUMBER) ! deletes-object
