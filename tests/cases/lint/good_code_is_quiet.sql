use schema RAW;
create schema RAW;
create table T (ID number);
create stream S on table T append_only = true;
create view V as with C as (select ID from T) select C.ID from C join T as X on X.ID = C.ID;
create task R warehouse = W schedule = 'using cron 0 5 * * * UTC' when system$stream_has_data('S') as insert into T select ID from S;
-- snowdeploy: ignore SD701 because it is made by another project
create view THEIRS as select ID from RAW.MADE_ELSEWHERE;
