-- [current]
create schema RAW;
create sequence RAW.S start with 1 increment by 1;
-- [desired]
create schema RAW;
create sequence RAW.S;
-- [plan]
