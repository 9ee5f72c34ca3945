-- source: A.6
-- confirmed: yes
-- leans: kinds/task.py links a task anew before its old predecessor goes
CREATE TASK ROOT WAREHOUSE = {warehouse} SCHEDULE = '11520 MINUTES' AS SELECT 1;
CREATE TASK CHILD WAREHOUSE = {warehouse} AFTER ROOT AS SELECT 2;
ALTER TASK CHILD RESUME;
DROP TASK ROOT;
SHOW TASKS IN SCHEMA {schema} ->> SELECT "name", "state", "last_suspended_reason" FROM $1;
-- > CHILD | suspended | CHILD_BECAME_ROOT
