-- case: BEGIN; opens a transaction
begin;
-- |
insert into t select 1;
-- |
commit;
-- |
-- case: BEGIN TRANSACTION and BEGIN WORK open transactions
begin transaction;
-- |
begin work;
-- |
rollback;
-- |
-- case: BEGIN NAME opens a transaction
begin name t1;
-- |
select 1;
-- |
commit;
-- |
-- case: START TRANSACTION opens a transaction
start transaction;
-- |
select 1;
-- |
-- case: a block is one statement
begin select 1; select 2; end;
-- |
select 3;
-- |
-- case: a transaction inside a block does not open a block
begin begin transaction; insert into t select 1; commit; end;
-- |
select 3;
-- |
-- case: nested blocks
begin begin begin select 1; end; select 2; end; select 3; end;
-- |
select 4;
-- |
-- case: a block without a semicolon at the end of the file
begin select 1; end
-- |
-- case: a labelled end
begin loop break; end loop l1; end b1;
-- |
select 1;
-- |
-- case: DECLARE opens a block
declare x int default 1; y varchar := 'a;b'; begin return x; end;
-- |
select 1;
-- |
-- case: DECLARE with a cursor and an exception
declare c cursor for select a from t; e exception (-20001, 'no;'); begin open c; raise e; end;
-- |
select 1;
-- |
-- case: a result set in DECLARE
declare r resultset default (select 1); begin return table(r); end;
-- |
select 1;
-- |
-- case: an exception handler
begin select 1; exception when other then begin select 2; end; raise; end;
-- |
select 3;
-- |
-- case: several handlers
begin select 1; exception when statement_error then return 1; when e1 or e2 then return 2; when other continue then return 3; end;
-- |
select 3;
-- |
-- case: EXECUTE IMMEDIATE of a quoted block
execute immediate $$ begin select 1; end; $$;
-- |
select 2;
-- |
-- case: EXECUTE IMMEDIATE with USING
execute immediate 'select ?; ' using (x);
-- |
select 2;
-- |
-- case: a nested procedure in DECLARE
declare p procedure (n int) returns int as begin return n; end; begin call p(1); end;
-- |
select 2;
-- |
-- case: ASYNC and AWAIT
begin async (insert into t select 1); await all; end;
-- |
select 2;
-- |
