-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
use schema RAW;
create pipe P as copy into T from @FILES;
alter pipe P set pipe_execution_paused = true;
-- [shows]
-- guard_pipes
-- [plan]
-- create pipe RAW.P
