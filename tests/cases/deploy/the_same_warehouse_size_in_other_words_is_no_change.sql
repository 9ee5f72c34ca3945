-- [current]
create schema RAW;
create warehouse LOAD_WH warehouse_size = xsmall;
-- [desired]
create schema RAW;
create warehouse LOAD_WH with warehouse_size = 'X-Small';
-- [plan]
