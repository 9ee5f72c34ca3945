-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create database role SHARED;
-- [by hand]
create database role CASE_DB.SHARED;
-- [plan]
-- take over database role SHARED
