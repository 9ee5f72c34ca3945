-- [bad] by USE, and a finalizer
use schema silver;
create task root warehouse = load_wh schedule = '5 minutes' as call load();
use schema gold;
create task child warehouse = load_wh
  after silver.root -- !
as call load();
create task last warehouse = load_wh
  finalize = silver.root -- !
as call clean();
-- [almost bad] a name without schema is in the task's own
USE SCHEMA SHOP.OPS;
CREATE TASK OPS.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL SILVER.LOAD();
CREATE TASK CHILD WAREHOUSE = LOAD_WH AFTER SHOP.OPS.ROOT AS CALL GOLD.LOAD();
CREATE TASK SHOP.OPS.LAST WAREHOUSE = LOAD_WH AFTER CHILD AS CALL GOLD.LOAD();
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('SHOP.OPS.ROOT');
