-- [current]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create table RAW.T (ID number, NAME varchar(10) with masking policy RAW.MASK);
-- [desired]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create table RAW.T (ID number, NAME varchar(20) with masking policy RAW.MASK, MORE date);
-- [plan]
-- alter table RAW.T
-- no way back: a column cannot be made narrower
