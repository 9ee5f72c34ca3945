-- [current]
create schema RAW;
create tag RAW.COST allowed_values 'a', 'b';
-- [desired]
create schema RAW;
create tag RAW.COST allowed_values 'b', 'c' comment = 'centres';
-- [plan]
-- alter tag RAW.COST
