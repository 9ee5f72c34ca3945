-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language javascript as $$ return A; $$;
-- [plan]
-- create procedure RAW.P(VARCHAR)
