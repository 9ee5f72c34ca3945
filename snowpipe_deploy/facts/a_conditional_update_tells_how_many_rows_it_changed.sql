-- source: F.4
-- confirmed: yes
-- leans: record/lease.py
CREATE TABLE LEASE (HOLDER VARCHAR);
INSERT INTO LEASE VALUES ('A');
UPDATE LEASE SET HOLDER = 'B' WHERE HOLDER = 'A';
-- > 1 | 0
UPDATE LEASE SET HOLDER = 'C' WHERE HOLDER = 'A';
-- > 0 | 0
