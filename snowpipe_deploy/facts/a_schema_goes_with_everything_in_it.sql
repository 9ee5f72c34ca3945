-- source: F.4
-- confirmed: yes
-- leans: planner/keep_foreign_objects.py
CREATE TABLE T (ID NUMBER);
CREATE STREAM S ON TABLE T;
DROP SCHEMA {schema};
SELECT ID FROM {schema}.T;
-- ! does not exist or not authorized
