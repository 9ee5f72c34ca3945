-- source: A.7
-- confirmed: yes
-- leans: planner/start_graphs.py
CREATE TASK ROOT WAREHOUSE = {warehouse} SCHEDULE = '11520 MINUTES' AS SELECT 1;
CREATE TASK CHILD WAREHOUSE = {warehouse} AFTER ROOT AS SELECT 2;
CREATE TASK GRANDCHILD WAREHOUSE = {warehouse} AFTER CHILD AS SELECT 3;
SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('{schema}.ROOT');
SHOW TASKS IN SCHEMA {schema} ->> SELECT "name", "state" FROM $1;
-- > ROOT | started
-- > CHILD | started
-- > GRANDCHILD | started
ALTER TASK ROOT SUSPEND;
