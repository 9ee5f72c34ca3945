CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a');
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (2, 'b');
-- proves B.3 "| reclustering, column add/drop metadata change | nothing | |"
ALTER TABLE t ADD COLUMN w INT;
INSERT INTO t VALUES (3, 'c', 30);
UPDATE t SET w = 10 WHERE id = 1;
SELECT id, v, w, METADATA$ACTION FROM st;
-- > 2 | b | NULL | INSERT
-- > 3 | c | 30 | INSERT
-- > 1 | a | NULL | DELETE
-- > 1 | a | 10 | INSERT
-- proves B.5 "| ALTER TABLE RENAME | fine, the stream follows the table id |"
-- proves B.6 "| Table rename, comment, added column, clustering | harmless |"
ALTER TABLE t RENAME TO t2;
INSERT INTO t2 VALUES (4, 'd', 40);
SELECT COUNT(*) FROM st;
-- > 5
ALTER TABLE t2 DROP COLUMN w;
SELECT * FROM st WHERE id = 4 AND METADATA$ACTION = 'DELETE';
-- > (no rows)
ALTER TABLE t2 ADD COLUMN d INT DEFAULT 5;
SELECT id, d, METADATA$ACTION FROM st WHERE id IN (1, 4);
-- > 4 | 5 | INSERT
-- > 1 | 5 | DELETE
-- > 1 | 5 | INSERT
-- unconfirmed: what a default gives to changes that were there before
-- proves B.11 "stream = (table id, version, mode). Table id, not name."
DROP TABLE t2;
SELECT * FROM st;
-- ! dropped, cannot read from stream
CREATE TABLE t2 (id INT);
SELECT * FROM st;
-- ! dropped
INSERT INTO t2 SELECT id FROM st;
-- ! dropped
SELECT SYSTEM$STREAM_HAS_DATA('st');
-- ! dropped
-- proves B.11 "CREATE OR REPLACE TABLE → new table id → all streams on the old id invalid."
CREATE STREAM st2 ON TABLE t2;
CREATE OR REPLACE TABLE t2 (id INT);
SELECT * FROM st2;
-- ! dropped
DROP STREAM st2;
CREATE TABLE e (k INT);
CREATE STREAM ea ON TABLE e APPEND_ONLY = TRUE;
INSERT INTO e VALUES (1), (2);
UPDATE e SET k = 20 WHERE k = 2;
ALTER TABLE e ADD COLUMN d INT DEFAULT 7;
SELECT k, d FROM ea ORDER BY k;
-- > 1 | 7
-- > 2 | 7
