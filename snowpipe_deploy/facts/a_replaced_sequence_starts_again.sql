-- source: F.2
-- confirmed: yes
-- leans: kinds/sequence.py (resets-sequence)
CREATE SEQUENCE Q;
SELECT Q.NEXTVAL;
SELECT Q.NEXTVAL;
CREATE OR REPLACE SEQUENCE Q;
SELECT Q.NEXTVAL;
-- > 1
