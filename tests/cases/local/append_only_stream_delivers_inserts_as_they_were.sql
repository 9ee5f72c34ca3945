CREATE TABLE t (id INT, v VARCHAR);
CREATE TABLE sink (id INT);
INSERT INTO t VALUES (1, 'old');
CREATE STREAM st ON TABLE t APPEND_ONLY = TRUE;
UPDATE t SET v = 'changed';
-- proves B.3 "every row inserted since the offset with its inserted values, even if updated or deleted later"
SELECT COUNT(*) FROM st;
-- > 0
SELECT SYSTEM$STREAM_HAS_DATA('st');
-- > True
-- unconfirmed: false positives are allowed, whether an update is one is not known
INSERT INTO t VALUES (2, 'two'), (3, 'three');
UPDATE t SET v = 'later' WHERE id = 2;
DELETE FROM t WHERE id = 3;
TRUNCATE TABLE t;
SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM st;
-- > 2 | two | INSERT | False
-- > 3 | three | INSERT | False
SELECT SYSTEM$STREAM_HAS_DATA('st');
-- > True
MERGE INTO t USING (SELECT 4 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);
INSERT INTO sink SELECT id FROM st;
-- > 3
SELECT COUNT(*) FROM st;
-- > 0
