-- case: a bare procedure body
create procedure p() returns int language sql as begin return 1; end;
-- |
select 2;
-- |
-- case: a bare body with DECLARE
create procedure p() returns int as declare a int; b int; begin a := 1; return a; end;
-- |
select 2;
-- |
-- case: a dollar body
create procedure p() returns int language sql as $$ begin return 1; end; $$;
-- |
select 2;
-- |
-- case: a quoted body with doubled quotes
create procedure p() returns int language sql as 'begin let x := ''a;b''; return 1; end;';
-- |
select 2;
-- |
-- case: a body in JavaScript
create function f() returns double language javascript as $$ var a = "x;y"; // it's; fine
return a; $$;
-- |
select 2;
-- |
-- case: a body in Python
create function f() returns int language python runtime_version = '3.11' handler = 'f' as $$
def f():
    return "it's; done"  # ; '
$$;
-- |
select 2;
-- |
-- case: a SQL function with a plain body
create function f(a int) returns int as 'a + 1';
-- |
create function g(a int) returns int as $$ case when a > 1 then 1 else 2 end $$;
-- |
-- case: a task with one statement
create task t warehouse = w schedule = '1 minute' as insert into a select case when b then 1 end from c;
-- |
alter task t resume;
-- |
-- case: a task with a block
create task t warehouse = w after r as begin insert into a select 1; call p(); end;
-- |
alter task t resume;
-- |
-- case: a task with a block and no semicolon before the next statement
create task t warehouse = w as begin select 1; end
-- |
select 2;
-- |
-- case: a task with DECLARE
create task t warehouse = w as declare n int; begin n := 1; end;
-- |
select 2;
-- |
-- case: a task with EXECUTE IMMEDIATE
create task t warehouse = w as execute immediate $$ begin select 1; select 2; end; $$;
-- |
select 2;
-- |
-- case: ALTER TASK MODIFY AS a block
alter task t modify as begin select 1; select 2; end;
-- |
select 3;
-- |
-- case: an alert with a block
create alert a warehouse = w schedule = '1 minute' if (exists (select 1 from t)) then begin insert into x select 1; call p(); end;
-- |
select 3;
-- |
-- case: a view and a dynamic table
create view v as with a as (select 1) select * from a;
-- |
create dynamic table d target_lag = '1 minute' warehouse = w as select case when a then 1 end x from t;
-- |
-- case: a pipe
create pipe p auto_ingest = true as copy into t from @s file_format = (type = csv);
-- |
select 1;
-- |
-- case: an anonymous procedure
with p as procedure () returns int language sql as $$ begin return 1; end; $$ call p();
-- |
select 1;
-- |
-- case: COMMENT with semicolons before AS
create task t warehouse = w comment = 'a; begin b;' as select 1;
-- |
select 1;
-- |
