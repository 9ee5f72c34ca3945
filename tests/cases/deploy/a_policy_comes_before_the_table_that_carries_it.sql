-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create table RAW.A (NAME varchar with masking policy RAW.MASK) with row access policy RAW.SOME_ROWS on (NAME);
create row access policy RAW.SOME_ROWS as (V varchar) returns boolean -> true;
create masking policy RAW.MASK as (V varchar) returns varchar -> '***';
-- [shows]
-- order_actions
-- [plan]
-- create masking policy RAW.MASK
-- create row access policy RAW.SOME_ROWS
-- create table RAW.A
