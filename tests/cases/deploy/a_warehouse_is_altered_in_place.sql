-- [current]
create schema RAW;
create warehouse LOAD_WH warehouse_size = xsmall auto_suspend = 60;
-- [desired]
create schema RAW;
create warehouse LOAD_WH warehouse_size = 'X-LARGE' auto_suspend = 120 comment = 'loads';
-- [plan]
-- alter warehouse LOAD_WH
