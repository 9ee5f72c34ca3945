-- [current]
create schema RAW;
create role READER;
create role ANALYST;
-- [desired]
create schema RAW;
create role READER;
create role ANALYST;
grant role READER to role ANALYST;
-- [plan]
-- create grant of role READER to role ANALYST ! widens-access
