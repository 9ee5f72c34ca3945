-- [current]
create schema RAW;
create stage RAW.S;
-- [desired]
create schema RAW;
-- [plan]
-- drop stage RAW.S ! deletes-data:RAW.S
