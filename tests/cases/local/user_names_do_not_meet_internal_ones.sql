CREATE TABLE t (r INT, b INT, c0 INT, c1 INT, txn INT, ord INT, img INT, version INT, moment INT, u INT, n INT, o INT, k INT, j VARIANT, v VARIANT, i INT);
CREATE STREAM st ON TABLE t;
CREATE STREAM ap ON TABLE t APPEND_ONLY = TRUE SHOW_INITIAL_ROWS = TRUE;
INSERT INTO t (r, b, c0, c1, txn, version, moment, n) VALUES (1, 2, 3, 4, 5, 6, 7, 8), (10, 20, 30, 40, 50, 60, 70, 80);
UPDATE t SET c0 = c1 + b, b = r WHERE r = 1 AND b = 2;
-- > 1 | 0
SELECT r, b, c0 FROM t ORDER BY r;
-- > 1 | 1 | 6
-- > 10 | 20 | 30
DELETE FROM t WHERE b = 20 AND r = 10;
-- > 1
MERGE INTO t USING (SELECT 1 AS r, 100 AS b, 200 AS c0 UNION ALL SELECT 2, 3, 4) s ON t.r = s.r
  WHEN MATCHED AND t.b = 1 THEN UPDATE SET b = s.b, c0 = s.c0 + t.c0 WHEN NOT MATCHED THEN INSERT (r, b, c0) VALUES (s.r, s.b, s.c0);
-- > 1 | 1
SELECT r, b, c0, version, METADATA$ACTION FROM st ORDER BY r;
-- > 1 | 100 | 206 | 6 | INSERT
-- > 2 | 3 | 4 | NULL | INSERT
SELECT r FROM ap;
-- > (no rows)
UPDATE t SET j = s.x, v = s.x FROM (SELECT PARSE_JSON('[5]') AS x) s;
SELECT f.value::INT, f.index, k, i FROM t, LATERAL FLATTEN(input => t.j) f, LATERAL FLATTEN(input => t.v) g;
-- > 5 | 0 | NULL | NULL
-- > 5 | 0 | NULL | NULL
ALTER TABLE t ADD COLUMN "__was" INT;
-- ! not supported
ALTER TABLE t ADD COLUMN __row INT;
-- ! not supported
CREATE TABLE bad (__ROW INT);
-- ! not supported
CREATE TABLE twice ("id" INT, id INT);
-- ! not supported
CREATE TABLE "t" (id INT);
-- ! not supported
CREATE VIEW "T2" AS SELECT 1 AS x;
CREATE STREAM "t2" ON TABLE t;
-- ! not supported
CREATE STREAM t ON TABLE t;
-- ! not supported
SELECT COUNT(*) FROM t;
-- > 2
CREATE SCHEMA "s";
-- ! not supported
CREATE DATABASE "db";
-- ! not supported
ALTER TABLE t RENAME TO "t2";
-- ! not supported
ALTER TABLE t RENAME TO t3;
SELECT COUNT(*) FROM t3;
-- > 2
CREATE TABLE "we ird.""x" ("a b" INT, "select" INT);
INSERT INTO "we ird.""x" VALUES (1, 2);
SELECT "a b", "select" FROM "we ird.""x";
-- > 1 | 2
UPDATE t3 SET b = s.x FROM (SELECT 1 AS r, 5 AS x UNION ALL SELECT 1, 5) s WHERE t3.r = s.r;
-- > 1 | 1
SELECT 1 AS "a", 2 AS "A";
-- > 1 | 2
SELECT a.id, b.id FROM (SELECT 1 AS id) a, (SELECT 2 AS id) b;
-- > 1 | 2
SELECT 1 AS x, 2 AS x;
-- > 1 | 2
SELECT * FROM (SELECT 1 AS x) a ASOF JOIN (SELECT 1 AS x) b MATCH_CONDITION (a.x >= b.x);
-- !
