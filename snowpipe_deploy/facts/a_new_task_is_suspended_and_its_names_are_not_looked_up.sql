-- source: A.4, A.6
-- confirmed: yes
-- leans: planner/start_tasks.py, planner/start_last.py
CREATE TASK K WAREHOUSE = {warehouse} SCHEDULE = '11520 MINUTES' WHEN SYSTEM$STREAM_HAS_DATA('ABSENT') AS INSERT INTO ABSENT SELECT 1;
SHOW TASKS IN SCHEMA {schema} ->> SELECT "state" FROM $1;
-- > suspended
