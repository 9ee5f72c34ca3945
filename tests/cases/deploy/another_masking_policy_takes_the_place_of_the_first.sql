-- [current]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create masking policy RAW.OTHER as (V varchar) returns varchar -> 'x';
create table RAW.T (NAME varchar with masking policy RAW.MASK);
-- [desired]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
create masking policy RAW.OTHER as (V varchar) returns varchar -> 'x';
create table RAW.T (NAME varchar with masking policy RAW.OTHER);
-- [plan]
-- alter table RAW.T
