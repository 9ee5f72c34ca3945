-- reference B.3, standard mode
CREATE TABLE t (id INT, v VARCHAR);
CREATE TABLE sink (id INT, v VARCHAR, a VARCHAR, u BOOLEAN);
INSERT INTO t VALUES (1, 'old1'), (2, 'old2'), (3, 'old3'), (4, 'old4');
CREATE STREAM st ON TABLE t;
SELECT SYSTEM$STREAM_HAS_DATA('st');
-- > False
INSERT INTO t VALUES (10, 'insert'), (11, 'x'), (12, 'x');
UPDATE t SET v = 'insert, update' WHERE id = 11;
UPDATE t SET v = 'twice' WHERE id = 11;
DELETE FROM t WHERE id = 12;
UPDATE t SET v = 'update' WHERE id = 1;
UPDATE t SET v = 'updates' WHERE id = 1;
UPDATE t SET v = 'update, delete' WHERE id = 2;
DELETE FROM t WHERE id = 2;
DELETE FROM t WHERE id = 3;
-- proves B.3 "| insert | INSERT(new) | FALSE |"
-- proves B.3 "| insert, update... | INSERT(last values) | FALSE |"
-- proves B.3 "| insert, delete | nothing | – |"
-- proves B.3 "update(s) | DELETE(values at offset) + INSERT(last values), same ROW_ID"
-- proves B.3 "| update(s), delete | DELETE(values at offset) | FALSE |"
-- proves B.3 "| delete | DELETE(values at offset) | FALSE |"
-- proves B.11 "Collapse per row id with the table of B.3; sort order is undefined, tests must not depend on it."
SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st;
-- > 10 | insert | INSERT | False
-- > 11 | twice | INSERT | False
-- > 1 | old1 | DELETE | True
-- > 1 | updates | INSERT | True
-- > 2 | old2 | DELETE | False
-- > 3 | old3 | DELETE | False
SELECT COUNT(DISTINCT METADATA$ROW_ID), MIN(LENGTH(METADATA$ROW_ID)) FROM st WHERE id = 1;
-- > 1 | 40
SELECT * FROM st WHERE id = 10 AND METADATA$ROW_ID IS NULL;
-- > (no rows)
INSERT INTO sink SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st;
-- > 6
SELECT COUNT(*) FROM st;
-- > 0
SELECT SYSTEM$STREAM_HAS_DATA('ST');
-- > False
-- proves B.3 "| TRUNCATE | DELETE for every old row | FALSE |"
TRUNCATE TABLE t;
SELECT id, METADATA$ACTION, METADATA$ISUPDATE FROM st;
-- > 1 | DELETE | False
-- > 4 | DELETE | False
-- > 10 | DELETE | False
-- > 11 | DELETE | False
-- proves B.4 "advances (classic way to discard)"
INSERT INTO t VALUES (20, 'a'), (21, 'b');
INSERT INTO sink SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st WHERE FALSE;
-- > 0
SELECT COUNT(*) FROM st;
-- > 0
INSERT OVERWRITE INTO t VALUES (20, 'a');
SELECT id, METADATA$ACTION, METADATA$ISUPDATE FROM st;
-- > 20 | DELETE | False
-- > 21 | DELETE | False
-- > 20 | INSERT | False
-- unconfirmed: that INSERT OVERWRITE gives new row ids
INSERT INTO sink (id) SELECT id FROM st LIMIT 0;
-- proves B.3 "| MERGE | as the individual row effects | |"
MERGE INTO t USING (SELECT 20 AS id, 'merged' AS v UNION ALL SELECT 30, 'new') s ON t.id = s.id
  WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v);
-- > 1 | 1
SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st;
-- > 20 | a | DELETE | True
-- > 20 | merged | INSERT | True
-- > 30 | new | INSERT | False
INSERT INTO sink SELECT * FROM st;
-- ! 002020
-- proves B.4 "A WHERE, LIMIT or JOIN does not matter: the whole stream counts as consumed."
INSERT INTO sink SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st s JOIN (SELECT 99 AS k) j ON s.id = j.k;
-- > 0
SELECT COUNT(*) FROM st;
-- > 0
