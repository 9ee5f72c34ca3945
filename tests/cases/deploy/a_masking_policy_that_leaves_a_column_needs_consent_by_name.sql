-- [current]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create table RAW.T (ID number, NAME varchar masking policy RAW.MASK);
-- [desired]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create table RAW.T (ID number, NAME varchar);
-- [plan]
-- alter table RAW.T ! loses-policy:RAW.T
