-- [current]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create table RAW.T (NAME varchar with masking policy RAW.MASK);
-- [desired]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> '***' comment = 'for nobody';
create table RAW.T (NAME varchar with masking policy RAW.MASK);
-- [plan]
-- alter masking policy RAW.MASK
