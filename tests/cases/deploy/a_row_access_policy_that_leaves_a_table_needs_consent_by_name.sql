-- [current]
create schema RAW;
create row access policy RAW.A as (V number) returns boolean -> V > 0;
create row access policy RAW.B as (V number) returns boolean -> true;
create table RAW.T (ID number) with row access policy RAW.A on (ID);
-- [desired]
create schema RAW;
create row access policy RAW.A as (V number) returns boolean -> V > 0;
create row access policy RAW.B as (V number) returns boolean -> true;
create table RAW.T (ID number);
-- [plan]
-- alter table RAW.T ! loses-policy:RAW.T
