-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create warehouse THEIRS warehouse_size = large;
-- [by hand]
create warehouse THEIRS warehouse_size = small;
-- [plan]
-- refused: warehouse THEIRS exists, but this project did not deploy it: size is SMALL, the file says LARGE
