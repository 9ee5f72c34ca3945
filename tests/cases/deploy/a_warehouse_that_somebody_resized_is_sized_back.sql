-- [current]
create schema RAW;
create warehouse LOAD_WH warehouse_size = small;
-- [desired]
create schema RAW;
create warehouse LOAD_WH warehouse_size = small;
-- [by hand]
alter warehouse LOAD_WH set warehouse_size = large;
-- [plan]
-- drift: warehouse LOAD_WH size was SMALL, is LARGE; undone
-- alter warehouse LOAD_WH
