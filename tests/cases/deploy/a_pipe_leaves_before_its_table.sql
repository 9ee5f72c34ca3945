-- [current]
create schema RAW;
create schema IN_;
create stage IN_.FILES;
create table IN_.T (ID number);
create pipe IN_.P as copy into IN_.T from @IN_.FILES;
-- [desired]
create schema RAW;
-- [shows]
-- order_drops
-- [plan]
-- drop pipe IN_.P ! loses-load-history
-- drop table IN_.T ! deletes-data:IN_.T
-- drop stage IN_.FILES ! deletes-data:IN_.FILES
-- drop schema IN_ ! deletes-data:IN_
