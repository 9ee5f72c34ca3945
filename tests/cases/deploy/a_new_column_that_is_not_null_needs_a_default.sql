-- [current]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10));
-- [desired]
create schema RAW;
create table RAW.T (ID number, NAME varchar(10), MORE number not null);
-- [plan]
-- refused: table RAW.T: new column MORE is NOT NULL without a default: Snowflake refuses it on rows that exist
