-- PUBLIC is there as soon as its database is, so CREATE SCHEMA would fail
-- [no database]
-- [desired]
create schema PUBLIC comment = 'for all' with managed access;
create table PUBLIC.T (ID number);
-- [shows]
-- make_database
-- [plan]
-- create database CASE_DB
-- create schema PUBLIC
-- create table PUBLIC.T
