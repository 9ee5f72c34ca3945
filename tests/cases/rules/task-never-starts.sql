-- [bad] a root of a graph, with a condition that is no trigger
create task raw.root warehouse = load_wh as call raw.extract(); -- !
create task raw.child warehouse = load_wh after raw.root as call raw.load();
select system$task_dependents_enable('RAW.ROOT');
-- [almost bad] linked or scheduled later, executed by a procedure, and a finalizer
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH AS CALL RAW.EXTRACT();
ALTER TASK RAW.ROOT SET SCHEDULE = '5 MINUTES';
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD ADD AFTER RAW.ROOT;
CREATE TASK RAW.CLEANUP WAREHOUSE = LOAD_WH FINALIZE = RAW.ROOT AS CALL RAW.CLEAN();
CREATE TASK RAW.BY_HAND WAREHOUSE = LOAD_WH AS CALL RAW.COUNT();
CREATE PROCEDURE RAW.START() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
  EXECUTE TASK RAW.BY_HAND;
  RETURN 'started';
END;
$$;
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
