-- case: database
-- makes: DATABASE SHOP
create or replace transient database shop data_retention_time_in_days = 3 comment = 'all of it';
-- case: database of a share
-- makes: DATABASE SHOP
create database shop from share abc12345.weather;
-- case: database as a clone at a time
-- makes: DATABASE SHOP_DEV
-- reads: SHOP
create database if not exists shop_dev clone shop at (offset => -3600);
-- case: secondary database
-- makes: DATABASE SHOP
create database shop as replica of myorg.account1.shop data_retention_time_in_days = 10;
-- case: schema after its database was made
-- makes: SCHEMA SHOP.RAW
create database shop;
create schema if not exists raw with managed access;
-- case: schema with its database
-- makes: SCHEMA SHOP.RAW
-- reads: SHOP.RAW_OLD
create schema shop.raw clone shop.raw_old;
-- case: what is made after a schema lies in it
-- makes: TABLE SHOP.RAW.T
create database shop;
create schema raw;
create table t (id int);
-- case: use of a database and a schema in one name, without a word for them
-- makes: TABLE SHOP.RAW.T
use shop.raw;
create table t (id int);
-- case: use of a database without a word for it
-- makes: TABLE SHOP.PUBLIC.T
use shop;
create table t (id int);
-- case: use of a schema with its database
-- makes: TABLE SHOP.RAW.T
use schema shop.raw;
create table t (id int);
-- case: a role and a warehouse change no schema
-- makes: TABLE SHOP.RAW.T
use schema shop.raw;
use role sysadmin; use warehouse w; use secondary roles all;
create table t (id int);
-- case: application package is used like a database
-- makes: TABLE PACK.PUBLIC.T
create application package pack;
use application package pack;
create table t (id int);
-- case: warehouse
-- makes: WAREHOUSE LOAD_WH
create warehouse if not exists load_wh with warehouse_size = 'XSMALL' auto_suspend = 60 auto_resume = true initially_suspended = true
  min_cluster_count = 1 max_cluster_count = 2 scaling_policy = 'economy' comment = 'loads';
-- case: roles are of the account
-- makes: ROLE LOADER
use schema shop.raw;
create or replace role loader comment = 'loads';
-- case: database role
-- makes: DATABASE ROLE SHOP.READER
use database shop;
create database role if not exists reader;
-- case: user
-- makes: USER LOADER
create user if not exists loader type = service rsa_public_key = 'MII' default_role = loader default_warehouse = load_wh
  default_secondary_roles = ('ALL');
-- case: resource monitor
-- makes: RESOURCE MONITOR LIMIT_100
create or replace resource monitor limit_100 with credit_quota = 100 frequency = monthly start_timestamp = immediately
  triggers on 75 percent do notify on 100 percent do suspend on 110 percent do suspend_immediate;
-- case: storage integration
-- makes: STORAGE INTEGRATION S3_INT
create or replace storage integration s3_int type = external_stage storage_provider = 's3' enabled = true
  storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_allowed_locations = ('s3://b/a/', 's3://b/c/') storage_blocked_locations = ('s3://b/d/');
-- case: notification integration
-- makes: NOTIFICATION INTEGRATION MAILS
create notification integration mails type = email enabled = true allowed_recipients = ('a@b.c');
-- case: api integration
-- makes: API INTEGRATION GIT_API
create or replace api integration git_api api_provider = git_https_api api_allowed_prefixes = ('https://github.com/me') enabled = true;
-- case: external access integration
-- makes: EXTERNAL ACCESS INTEGRATION NET
create external access integration net allowed_network_rules = (shop.raw.rule) enabled = true;
-- case: network rule
-- makes: NETWORK RULE SHOP.RAW.RULE
create or replace network rule shop.raw.rule mode = egress type = host_port value_list = ('api.example.com:443');
-- case: secret
-- makes: SECRET SHOP.RAW.KEY
create secret shop.raw.key type = generic_string secret_string = '';
-- case: git repository
-- makes: GIT REPOSITORY SHOP.RAW.REPO
create or replace git repository shop.raw.repo api_integration = git_api origin = 'https://github.com/me/repo.git';
-- case: share
-- makes: SHARE SALES
create or replace share sales comment = 'to others';
-- case: a role whose name a variable holds
-- makes: ROLE __ROLE_NAME__
set role_name = 'etl_' || current_user();
create role if not exists identifier($role_name) comment = 'made by the script';
-- case: a schema whose name a variable holds that is known
-- makes: SCHEMA SHOP.RAW
set schema_name = 'shop.raw';
create schema if not exists identifier($schema_name);
-- case: a grant on an object
grant select, insert on table shop.raw.t to role loader with grant option;
-- case: a grant of a role
grant role loader to role sysadmin;
-- case: grants on all and on future objects
grant select on future tables in schema shop.raw to role reader;
grant usage on all schemas in database shop to role reader;
-- case: a revoke
revoke all privileges on all tables in schema shop.raw from role loader;
-- case: a grant to a share
grant usage on schema shop.raw to share in application package pack;
-- case: rename of a database
-- writes: OLD
alter database old rename to new;
-- case: alter of a warehouse
alter warehouse load_wh set warehouse_size = medium wait_for_completion = true;
-- case: alter of the session and the account
alter session set timezone = 'UTC', query_tag = 'load';
alter account set statement_timeout_in_seconds = 3600;
-- case: drop of a schema
-- writes: SHOP.OLD
drop schema if exists shop.old cascade;
-- case: undrop
-- writes: SHOP.RAW.T
undrop table shop.raw.t;
-- case: a comment on a table
-- writes: SHOP.RAW.T
comment if exists on table shop.raw.t is 'one row an order';
-- case: a comment on a column
comment on column shop.raw.t.id is 'of the shop';
