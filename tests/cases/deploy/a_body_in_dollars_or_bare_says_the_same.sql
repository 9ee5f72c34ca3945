-- [current]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language sql as $$ begin return a; end $$;
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language sql as begin return a; end;
-- [plan]
