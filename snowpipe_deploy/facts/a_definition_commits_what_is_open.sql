-- source: F.2, F.4
-- confirmed: yes
-- leans: deployment.py journals statement by statement
CREATE TABLE T (ID NUMBER);
BEGIN TRANSACTION;
INSERT INTO T VALUES (1);
CREATE TABLE U (ID NUMBER);
ROLLBACK;
SELECT COUNT(*) FROM T;
-- > 1
