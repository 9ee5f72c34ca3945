-- [current]
create schema RAW;
create sequence RAW.S start 10;
-- [desired]
create schema RAW;
create sequence RAW.S start 10 increment by 5 comment = 'in fives';
-- [plan]
-- alter sequence RAW.S
