-- case: stream on a table
-- makes: STREAM SHOP.RAW.C
-- reads: SHOP.RAW.T
create or replace stream shop.raw.c on table shop.raw.t append_only = true show_initial_rows = false;
-- case: stream on a view in the schema in use
-- makes: STREAM SHOP.RAW.C
-- reads: SHOP.RAW.V
use schema shop.raw;
create stream if not exists c on view v at (stream => 'old_c') comment = 'changes';
-- case: stream on a stage
-- makes: STREAM SHOP.RAW.C
-- reads: SHOP.RAW.S
create stream shop.raw.c on stage shop.raw.s;
-- case: task with a query
-- makes: TASK SHOP.RAW.LOAD
-- reads: SHOP.RAW.C
-- writes: SHOP.MART.T
use schema shop.raw;
create or replace task load warehouse = w schedule = 'using cron 0 * * * * UTC' when system$stream_has_data('c') as
insert into shop.mart.t select * from c;
-- case: child task
-- makes: TASK SHOP.RAW.CHILD
-- reads: SHOP.RAW.LOAD
-- calls: SHOP.RAW.FILL
create task shop.raw.child warehouse = w after load as call fill('a', 1);
-- case: task with a block
-- makes: TASK SHOP.RAW.LOAD
-- reads: SHOP.RAW.A
-- writes: SHOP.RAW.B, SHOP.RAW.LOG
create task shop.raw.load user_task_managed_initial_warehouse_size = 'xsmall' schedule = '5 minutes' as
begin
  insert into b select * from a;
  insert into log (text) values ('done');
end;
-- case: finalizer
-- makes: TASK SHOP.RAW.LAST
-- reads: SHOP.RAW.LOAD
-- writes: SHOP.RAW.LOG
create task shop.raw.last warehouse = w finalize = shop.raw.load as insert into shop.raw.log select 1;
-- case: task is resumed
-- writes: SHOP.RAW.LOAD
alter task if exists shop.raw.load resume;
-- case: task gets another parent
-- reads: SHOP.RAW.A
-- writes: SHOP.RAW.B
alter task shop.raw.b add after shop.raw.a;
-- case: task is run
-- calls: SHOP.RAW.LOAD
execute task shop.raw.load;
-- case: procedure in dollars
-- makes: PROCEDURE SHOP.RAW.FILL
-- reads: SHOP.RAW.A, SHOP.RAW.C
-- writes: SHOP.RAW.B
create or replace procedure shop.raw.fill(name varchar, n int default 1) returns varchar language sql execute as owner as
$$
declare
  total int default 0;
begin
  total := (select count(*) from a);
  for row_ in (select id from c) do
    delete from b where id = row_.id;
  end for;
  return 'done';
end;
$$;
-- case: procedure in quotes
-- makes: PROCEDURE SHOP.RAW.FILL
-- reads: SHOP.RAW.A
-- writes: SHOP.RAW.B
create procedure shop.raw.fill() returns varchar language sql as 'begin insert into b select id from a where name = ''x''; return 1; end';
-- case: procedure of python
-- makes: PROCEDURE SHOP.RAW.FILL
create procedure shop.raw.fill() returns varchar language python runtime_version = 3.11 packages = ('snowflake-snowpark-python') handler = 'run'
as $$
def run(session):
    return "done"
$$;
-- case: function of sql
-- makes: FUNCTION SHOP.RAW.TWICE
create or replace secure function shop.raw.twice(x int) returns int as $$ x * 2 $$;
-- case: function of sql with a query
-- makes: FUNCTION SHOP.RAW.ROWS_OF
-- reads: SHOP.RAW.T
create function shop.raw.rows_of(x int) returns table (id int) as 'select id from shop.raw.t where id = x';
-- case: call with a query as argument
-- reads: SHOP.RAW.T
-- calls: SHOP.RAW.FILL
call shop.raw.fill((select max(id) from shop.raw.t));
-- case: alert
-- makes: ALERT SHOP.RAW.LATE
-- reads: SHOP.RAW.T
-- writes: SHOP.RAW.LOG
create or replace alert shop.raw.late warehouse = w schedule = '10 minutes' if (exists (select 1 from shop.raw.t where late)) then
insert into shop.raw.log select 'late';
-- case: alert is resumed
-- writes: SHOP.RAW.LATE
alter alert shop.raw.late resume;
-- case: block by itself
-- reads: SHOP.RAW.A
-- writes: SHOP.RAW.B
execute immediate $$
begin
  insert into shop.raw.b select * from shop.raw.a;
end;
$$;
-- case: statement in a literal
-- writes: SHOP.RAW.B
execute immediate 'truncate table shop.raw.b';
-- case: transaction
-- writes: SHOP.RAW.B
begin transaction;
delete from shop.raw.b where id = 1;
-- case: variable from a query
-- reads: SHOP.RAW.T
set last_id = (select max(id) from shop.raw.t);
