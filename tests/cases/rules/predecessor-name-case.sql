-- [bad] in WHEN, with a schema, and without a name
create task raw.a warehouse = load_wh schedule = '5 minutes' as call raw.load_a();
create task raw.b warehouse = load_wh after raw.a
  when system$get_predecessor_return_value('a') = 'yes' -- !
as call raw.load_b();
create task raw.c warehouse = load_wh after raw.a, raw.b as
begin
  let x varchar := (select system$get_predecessor_return_value()); -- !
  call raw.tell(system$get_predecessor_return_value('RAW.B')); -- !
end;
-- [almost bad] a quoted name, the only predecessor, and an ancestor further up
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW."load" WAREHOUSE = LOAD_WH AFTER RAW.ROOT
  WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE() = 'yes'
AS CALL RAW.LOAD();
CREATE TASK RAW.LAST WAREHOUSE = LOAD_WH AFTER RAW."load"
  WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE('load') = 'yes' AND SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT') = 'yes'
AS CALL RAW.PUBLISH();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('RAW.ROOT');
