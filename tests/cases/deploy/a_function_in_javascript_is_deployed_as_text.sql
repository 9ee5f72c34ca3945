-- [current]
create schema RAW;
create function RAW.F(A float) returns float language javascript as $$ return A; $$;
-- [desired]
create schema RAW;
create function RAW.F(A float) returns float language javascript as $$ return A * 2; $$;
-- [plan]
-- alter function RAW.F(FLOAT)
