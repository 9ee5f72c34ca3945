-- source: F.4
-- confirmed: yes
-- leans: planner/order_drops.py
CREATE TABLE T (ID NUMBER);
CREATE VIEW V AS SELECT ID FROM T;
DROP TABLE T;
SHOW VIEWS IN SCHEMA {schema} ->> SELECT "name" FROM $1;
-- > V
SELECT ID FROM V;
-- ! T
