-- INSERT ALL and FIRST, after the examples of Snowflake's reference
CREATE TABLE src (n1 INT);
INSERT INTO src VALUES (1), (11), (101);
CREATE TABLE t1 (n1 INT, n2 INT DEFAULT 0, n3 VARCHAR(3));
CREATE TABLE t2 (n1 INT, n2 INT, id INT IDENTITY);
CREATE STREAM s1 ON TABLE t1;
CREATE STREAM ss ON TABLE src;
INSERT INTO src VALUES (NULL);
INSERT ALL INTO t1 (n1, n2) INTO t1 (n1, n2, n3) VALUES (n2, n1, DEFAULT) INTO t2 (n1, n2) VALUES (n1, n1 + n2) SELECT n1, 7 AS n2 FROM src WHERE n1 < 100;
-- > 4 | 2
SELECT n1, n2, n3 FROM t1 ORDER BY n1, n2;
-- > 1 | 7 | NULL
-- > 7 | 1 | NULL
-- > 7 | 11 | NULL
-- > 11 | 7 | NULL
SELECT n1, n2, id FROM t2 ORDER BY id;
-- > 1 | 8 | 1
-- > 11 | 18 | 2
SELECT COUNT(*), MIN(METADATA$ACTION) FROM s1;
-- > 4 | INSERT
DELETE FROM t1;
DELETE FROM t2;
INSERT ALL WHEN n1 > 100 THEN INTO t1 (n1) WHEN n1 > 10 THEN INTO t1 (n1) INTO t2 (n1) ELSE INTO t2 (n1) SELECT n1 FROM src;
-- > 3 | 4
SELECT n1, n2 FROM t1 ORDER BY n1;
-- > 11 | 0
-- > 101 | 0
-- > 101 | 0
SELECT n1 FROM t2 ORDER BY n1;
-- > 1
-- > 11
-- > 101
-- > NULL
DELETE FROM t1;
DELETE FROM t2;
INSERT FIRST WHEN n1 > 100 THEN INTO t1 (n1) WHEN n1 > 10 THEN INTO t1 (n1) INTO t2 (n1) ELSE INTO t2 (n1) VALUES (COALESCE(n1, -1)) SELECT n1 FROM src;
-- > 2 | 3
SELECT n1, n2 FROM t1 ORDER BY n1;
-- > 11 | 0
-- > 101 | 0
SELECT n1 FROM t2 ORDER BY n1;
-- > -1
-- > 1
-- > 11
SELECT "number of rows inserted into T1" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID(-3)));
-- > 2
SELECT LAST_QUERY_ID(-1) = LAST_QUERY_ID(), LAST_QUERY_ID(1) <> LAST_QUERY_ID(2), LAST_QUERY_ID(999);
-- > True | True | NULL
INSERT ALL INTO t1 (n3) VALUES (n1) SELECT 12345 AS n1;
-- ! 100078 (22000): String '12345' is too long and would be truncated
SELECT COUNT(*) FROM t1 WHERE n3 IS NOT NULL;
-- > 0
INSERT ALL INTO t1 (n1) INTO t2 (n1, nope) SELECT 1;
-- ! 000904 (42000): SQL compilation error: invalid identifier 'NOPE'
INSERT ALL INTO t1 (n1) INTO t2 (n1) SELECT 1, 2;
-- ! 002020 (21S01): SQL compilation error: Insert value list does not match column list expecting 1 but got 2
INSERT ALL INTO t1 (n1) VALUES (x) SELECT 1 AS y;
-- ! 000904 (42000): SQL compilation error: invalid identifier 'X'
INSERT ALL INTO t1 (n1) VALUES (1), (2) SELECT 1;
-- ! 001003 (42000): SQL compilation error: INTO … VALUES takes one list of values
INSERT OVERWRITE ALL INTO t1 (n1) SELECT 1;
-- ! 000002 (0A000): not supported by the local account: INSERT OVERWRITE ALL and FIRST
-- a branch that fails takes the others along
DELETE FROM t1;
INSERT ALL INTO t1 (n1) VALUES (n) INTO t1 (n3) VALUES (n) SELECT 12345 AS n;
-- ! 100078 (22000): String '12345' is too long and would be truncated
SELECT COUNT(*) FROM t1;
-- > 0
-- the stream that the query reads is consumed once
SELECT COUNT(*) FROM ss;
-- > 1
INSERT ALL INTO t1 (n1) INTO t2 (n1) SELECT n1 FROM ss;
SELECT COUNT(*) FROM ss;
-- > 0
BEGIN;
INSERT FIRST WHEN TRUE THEN INTO t1 (n1) VALUES (5) ELSE INTO t2 (n1) VALUES (6) SELECT 1;
ROLLBACK;
SELECT COUNT(*) FROM t1 WHERE n1 = 5;
-- > 0
-- DEFAULT among values
CREATE TABLE d (id INT IDENTITY, a INT DEFAULT 3, b VARCHAR DEFAULT 'x' || 'y', c INT);
INSERT INTO d VALUES (DEFAULT, DEFAULT, DEFAULT, DEFAULT), (DEFAULT, 8, 'q', 1);
INSERT INTO d (a, c) VALUES (DEFAULT, DEFAULT);
SELECT * FROM d ORDER BY id;
-- > 1 | 3 | xy | NULL
-- > 2 | 8 | q | 1
-- > 3 | 3 | xy | NULL
-- several tables behind FROM and USING
CREATE TABLE u (id INT, v VARCHAR(3));
INSERT INTO u VALUES (1, 'a'), (2, 'b');
UPDATE u SET v = x.v FROM (SELECT 1 AS k, 'new' AS v) x, (SELECT 1 AS k) y WHERE u.id = x.k AND x.k = y.k;
UPDATE u SET v = COALESCE(y.v, 'non') FROM (SELECT 2 AS k) x LEFT JOIN (SELECT 3 AS k, 'o' AS v) y ON x.k = y.k WHERE u.id = x.k;
SELECT v FROM u ORDER BY id;
-- > new
-- > non
DELETE FROM u USING (SELECT 1 AS k) x, (SELECT 1 AS k) y WHERE u.id = x.k AND x.k = y.k;
SELECT id FROM u;
-- > 2
SELECT 99999999999999999999999999999999999999 + 1;
-- ! 100039 (22003)
