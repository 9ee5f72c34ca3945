create table T (ID number);
create table LOG (WHAT varchar);
create alert A warehouse = W schedule = '1 minute' if (exists (select 1 from T where ID > 10)) then insert into LOG values ('too much');
-- > Alert A successfully created.
create alert B warehouse = W schedule = 'now' if (exists (select 1)) then select 1;
-- ! Invalid schedule
execute alert A;
-- > Statement executed successfully.
insert into T values (11);
-- > 1
execute alert A;
-- > Statement executed successfully.
select WHAT from LOG;
-- > too much
alter alert A modify action insert into LOG values (1 / 0);
execute alert A;
-- > Statement executed successfully.
alter alert A modify condition exists (select NONE from T);
execute alert A;
-- > Statement executed successfully.
select NAME, STATE, SQL_ERROR_CODE, SCHEDULED_FROM from table(information_schema.alert_history()) order by SCHEDULED_TIME;
-- > A | CONDITION_FALSE | NULL | EXECUTE ALERT
-- > A | TRIGGERED | NULL | EXECUTE ALERT
-- > A | ACTION_FAILED | 100051 | EXECUTE ALERT
-- > A | CONDITION_FAILED | 000904 | EXECUTE ALERT
alter alert A resume;
alter alert A set schedule = '5 minutes' comment = 'rarely';
drop alert A;
-- > A successfully dropped.
