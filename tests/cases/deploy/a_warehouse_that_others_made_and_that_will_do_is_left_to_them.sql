-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create warehouse THEIRS warehouse_size = small;
-- [by hand]
create warehouse THEIRS warehouse_size = small auto_suspend = 30;
-- [plan]
