-- [current]
create schema RAW;
create role READER;
create procedure RAW.P(A int, B string) returns varchar language sql as 'begin return 1; end';
-- [desired]
create schema RAW;
create role READER;
create procedure RAW.P(A int, B string) returns varchar language sql as 'begin return 1; end';
grant usage on procedure RAW.P(number, varchar) to role READER;
-- [plan]
-- create grant on procedure RAW.P(NUMBER, VARCHAR) to role READER
