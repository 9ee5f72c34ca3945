-- [current]
create schema RAW;
create database role SHARED;
-- [desired]
create schema RAW;
create database role SHARED comment = 'for all';
-- [plan]
-- alter database role SHARED
