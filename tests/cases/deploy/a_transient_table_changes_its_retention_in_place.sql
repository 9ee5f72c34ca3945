-- [current]
create schema RAW;
create transient table RAW.T (ID number) data_retention_time_in_days = 0;
-- [desired]
create schema RAW;
CREATE TRANSIENT TABLE RAW.T (id NUMBER(38,0)) DATA_RETENTION_TIME_IN_DAYS = 1;
-- [plan]
-- alter table RAW.T
