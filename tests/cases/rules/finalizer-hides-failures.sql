-- [bad] an update, in a procedure
create task raw.root warehouse = load_wh schedule = '5 minutes' as call raw.extract();
create procedure raw.finish() returns varchar language sql as
$$
begin
  update raw.runs set state = 'completed' where id = 1; -- !
  return 'done';
end;
$$;
create task raw.last warehouse = load_wh finalize = raw.root as call raw.finish();
-- [almost bad] a child says so of what has succeeded before it; a finalizer that says only that it has run
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS
  INSERT INTO RAW.RUNS (AT, STATE) SELECT CURRENT_TIMESTAMP(), 'SUCCESS';
CREATE TASK RAW.LAST WAREHOUSE = LOAD_WH FINALIZE = RAW.ROOT AS
  INSERT INTO RAW.RUNS (AT, STATE) SELECT CURRENT_TIMESTAMP(), 'ENDED';
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
