-- [current]
create schema RAW;
create database role SHARED comment = 'for all';
-- [desired]
create schema RAW;
create database role SHARED comment = 'for all';
-- [by hand]
alter database role CASE_DB.SHARED set comment = 'mine';
-- [plan]
-- drift: database role SHARED comment was for all, is mine; undone
-- alter database role SHARED
