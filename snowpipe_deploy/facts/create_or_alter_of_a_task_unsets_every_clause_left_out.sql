-- source: A.1, A.6
-- confirmed: yes
-- leans: kinds/task.py alters clause by clause
CREATE TASK K WAREHOUSE = {warehouse} SCHEDULE = '60 MINUTES' COMMENT = 'c' AS SELECT 1;
CREATE OR ALTER TASK K WAREHOUSE = {warehouse} AS SELECT 1;
SHOW TASKS IN SCHEMA {schema} ->> SELECT "schedule", NULLIF("comment", '') FROM $1;
-- > NULL | NULL
