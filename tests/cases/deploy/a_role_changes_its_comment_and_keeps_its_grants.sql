-- [current]
create schema RAW;
create role READER comment = 'reads';
grant usage on schema RAW to role READER;
-- [desired]
create schema RAW;
create role READER comment = 'reads all';
grant usage on schema RAW to role READER;
-- [plan]
-- alter role READER
