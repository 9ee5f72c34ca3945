-- [current]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create table RAW.T (NAME varchar with masking policy RAW.MASK);
-- [desired]
create schema RAW;
create table RAW.T (NAME varchar);
-- [shows]
-- order_drops
-- [plan]
-- alter table RAW.T ! loses-policy:RAW.T
-- drop masking policy RAW.MASK ! loses-policy:RAW.MASK
