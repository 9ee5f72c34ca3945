-- [current]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language javascript as $$ return A; $$;
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language sql as $$ begin return a; end $$;
-- [plan]
-- alter procedure RAW.P(VARCHAR)
