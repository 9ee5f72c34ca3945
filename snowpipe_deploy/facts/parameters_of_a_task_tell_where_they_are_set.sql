-- source: A.13, F.6
-- confirmed: yes
-- leans: kinds/task.py, for drift --deep
CREATE TASK K WAREHOUSE = {warehouse} USER_TASK_TIMEOUT_MS = 1000 AS SELECT 1;
SHOW PARAMETERS IN TASK K ->> SELECT "value", "level" FROM $1 WHERE "key" = 'USER_TASK_TIMEOUT_MS';
-- > 1000 | TASK
SHOW PARAMETERS IN TASK K ->> SELECT COUNT(*) FROM $1 WHERE "key" = 'SUSPEND_TASK_AFTER_NUM_FAILURES' AND "level" = 'TASK';
-- > 0
