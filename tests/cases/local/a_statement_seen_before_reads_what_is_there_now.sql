CREATE TABLE t (id INT, v VARCHAR);
SELECT COUNT(*), MIN(id), MAX(v) FROM t WHERE id > 10;
-- > 0 | NULL | NULL
INSERT INTO t VALUES (1, 'a'), (2, 'b');
SELECT COUNT(*), MIN(id), MAX(v) FROM t WHERE id > 10;
-- > 0 | NULL | NULL
-- beyond the least and greatest values that were known when the text came first
INSERT INTO t VALUES (11, 'c'), (NULL, NULL);
SELECT COUNT(*), MIN(id), MAX(v) FROM t WHERE id > 10;
-- > 1 | 11 | c
SELECT COUNT(*) FROM t WHERE id IS NULL;
-- > 1
DELETE FROM t WHERE id IS NULL;
SELECT COUNT(*) FROM t WHERE id IS NULL;
-- > 0
-- within a transaction, and after it was undone
BEGIN;
INSERT INTO t VALUES (12, 'd');
SELECT COUNT(*), MIN(id), MAX(v) FROM t WHERE id > 10;
-- > 2 | 11 | d
ROLLBACK;
SELECT COUNT(*), MIN(id), MAX(v) FROM t WHERE id > 10;
-- > 1 | 11 | c
-- other columns, another table and another view under the same name
SELECT * FROM t WHERE id = 11;
-- > 11 | c
ALTER TABLE t ADD COLUMN w INT;
SELECT * FROM t WHERE id = 11;
-- > 11 | c | NULL
CREATE OR REPLACE TABLE t (id INT);
INSERT INTO t VALUES (11);
SELECT * FROM t WHERE id = 11;
-- > 11
CREATE VIEW seen AS SELECT id FROM t;
SELECT * FROM seen;
-- > 11
CREATE OR REPLACE VIEW seen AS SELECT id + 1 AS id FROM t;
SELECT * FROM seen;
-- > 12
-- expressions of a block: the same text with other values, and of other types
EXECUTE IMMEDIATE $$
DECLARE
  told VARCHAR DEFAULT '';
BEGIN
  FOR i IN 1 TO 3 DO
    LET n NUMBER := :i * 10;
    told := told || n || ' ';
  END FOR;
  LET yes BOOLEAN := TRUE;
  LET one NUMBER := 1;
  told := told || yes || ' ' || one;
  RETURN told;
END;
$$;
-- > 10 20 30 true 1
