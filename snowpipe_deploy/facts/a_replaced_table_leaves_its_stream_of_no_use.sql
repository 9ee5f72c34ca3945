-- source: B.6
-- confirmed: yes
-- leans: planner/follow_replacements.py
CREATE TABLE T (ID NUMBER);
CREATE STREAM S ON TABLE T;
CREATE OR REPLACE TABLE T (ID NUMBER);
SELECT ID FROM S;
-- ! S
