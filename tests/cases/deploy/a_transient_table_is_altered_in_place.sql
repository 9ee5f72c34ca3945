-- [current]
create schema RAW;
create transient table RAW.T (ID number);
-- [desired]
create schema RAW;
create transient table RAW.T (ID number, AT date) comment = 'no fail-safe';
-- [plan]
-- alter table RAW.T
