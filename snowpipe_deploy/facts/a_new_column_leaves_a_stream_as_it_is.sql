-- source: B.6
-- confirmed: yes
-- leans: planner/follow_replacements.py, planner/open_windows.py open nothing for it
CREATE TABLE T (ID NUMBER);
CREATE STREAM S ON TABLE T;
INSERT INTO T VALUES (1);
ALTER TABLE T ADD COLUMN X NUMBER;
SELECT ID FROM S;
-- > 1
