-- [current]
create transient schema RAW;
create table RAW.T (A number(38,0));
-- [desired]
create transient schema RAW;
create table RAW.T (A number(38,0));
-- [plan]
