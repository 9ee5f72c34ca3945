-- source: B.5
-- confirmed: yes
-- leans: kinds/stream.py (loses-offset)
CREATE TABLE T (ID NUMBER);
CREATE STREAM S ON TABLE T;
INSERT INTO T VALUES (1);
SELECT COUNT(*) FROM S;
-- > 1
CREATE OR REPLACE STREAM S ON TABLE T;
SELECT COUNT(*) FROM S;
-- > 0
