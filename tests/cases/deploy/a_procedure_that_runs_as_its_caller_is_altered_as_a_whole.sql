-- [current]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language sql as $$ begin return a; end $$;
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language sql comment = 'with the rights of the caller' execute as caller as $$ begin return a; end $$;
-- [plan]
-- alter procedure RAW.P(VARCHAR)
