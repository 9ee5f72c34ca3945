-- [desired]
create schema RAW;
create warehouse LOAD_WH warehouse_size = 'X-SMALL' auto_suspend = 60 initially_suspended = true;
-- [plan]
-- create warehouse LOAD_WH
-- create schema RAW
