-- [current]
create schema RAW;
-- [desired]
create database CASE_DB;
create schema RAW;
-- [shows]
-- draft_actions
-- [plan]
-- take over database CASE_DB
