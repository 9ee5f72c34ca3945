-- [current]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language javascript as 'return "it''s " + A;';
-- [desired]
create schema RAW;
create procedure RAW.P(A varchar) returns varchar language javascript as $$return "it's " + A;$$;
-- [plan]
