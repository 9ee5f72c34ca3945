-- source: F.3
-- confirmed: yes
-- leans: kinds/table.py refuses it
CREATE TABLE T (A NUMBER(10, 2));
ALTER TABLE T ALTER COLUMN A SET DATA TYPE NUMBER(10, 4);
-- ! 040052
