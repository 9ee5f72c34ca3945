-- source: A.4
-- confirmed: yes
-- leans: planner/open_windows.py closes a window whatever came before
CREATE TASK ROOT WAREHOUSE = {warehouse} SCHEDULE = '11520 MINUTES' AS SELECT 1;
ALTER TASK ROOT SUSPEND;
ALTER TASK ROOT RESUME;
ALTER TASK ROOT RESUME;
ALTER TASK ROOT SUSPEND;
ALTER TASK ROOT SUSPEND;
SHOW TASKS IN SCHEMA {schema} ->> SELECT "state", "last_suspended_reason" FROM $1;
-- > suspended | USER_SUSPENDED
