-- [current]
create schema RAW;
create role READER comment = 'reads';
-- [desired]
create schema RAW;
create role READER comment = 'reads';
-- [by hand]
alter role READER set comment = 'writes';
-- [plan]
-- drift: role READER comment was reads, is writes; undone
-- alter role READER
