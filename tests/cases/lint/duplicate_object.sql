create schema RAW;
create table RAW.A (ID number);
create view RAW.A as select 1 as ID; -- SD702: view RAW.A is also made as table RAW.A
create procedure RAW.P(X number) returns number language sql as $$ begin return 1; end $$;
create procedure RAW.P(X varchar) returns number language sql as $$ begin return 1; end $$;
create procedure RAW.P(Y number(5, 2)) returns number language sql as $$ begin return 1; end $$; -- SD702: is also made as
