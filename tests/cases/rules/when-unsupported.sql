-- [bad] a function, and by ALTER
create task raw.a warehouse = load_wh schedule = '5 minutes'
  when parse_json(system$get_predecessor_return_value('ROOT')):rows > 0 -- !
as call raw.load_a();
ALTER TASK RAW.A MODIFY WHEN
  HOUR(CURRENT_TIMESTAMP()) > 6; -- !
-- [almost bad] casts, lists and parentheses
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.A WAREHOUSE = LOAD_WH AFTER RAW.ROOT
  WHEN (SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT')::NUMBER(10, 0) > 0 OR NOT (SYSTEM$PREDECESSORS_STATE('ALL_DONE')))
    AND SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT') IN ('1', '2')
AS CALL RAW.LOAD_A();
ALTER TASK RAW.A RESUME;
ALTER TASK RAW.ROOT RESUME;
