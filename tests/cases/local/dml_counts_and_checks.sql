CREATE TABLE t (id INT NOT NULL, v VARCHAR(3), n NUMBER(5,2), d DATE DEFAULT '2024-01-01'::DATE, b BOOLEAN);
INSERT INTO t (id, v) VALUES (1, 'abc'), (2, NULL);
-- > 2
SELECT * FROM t;
-- > 1 | abc | NULL | 2024-01-01 | NULL
-- > 2 | NULL | NULL | 2024-01-01 | NULL
INSERT INTO t (id, v) VALUES (3, 'abcd');
-- ! 100078 (22000): String 'abcd' is too long and would be truncated
INSERT INTO t (v) VALUES ('a');
-- ! 100072 (22000): NULL result in a non-nullable column
INSERT INTO t (id, n) VALUES (3, 1234.5);
-- ! 100039
INSERT INTO t (id, n) VALUES (3, '12.345');
SELECT n FROM t WHERE id = 3;
-- > 12.35
INSERT INTO t (id) VALUES (1, 2);
-- ! 002020 (21S01): SQL compilation error: Insert value list does not match column list expecting 1 but got 2
INSERT INTO t VALUES (1);
-- ! expecting 5 but got 1
INSERT INTO t (id, nope) VALUES (1, 2);
-- ! 000904
INSERT INTO nope VALUES (1);
-- ! 002003
INSERT INTO t (id, d) VALUES (4, 'x');
-- ! 100035
INSERT INTO t (id, b) VALUES (4, 'yes'), (5, 'off');
SELECT id, b FROM t WHERE b IS NOT NULL;
-- > 4 | True
-- > 5 | False
INSERT INTO t (id, b) VALUES (6, 'nope');
-- ! is not recognized
UPDATE t SET v = 'toolong' WHERE id = 1;
-- ! 100078
UPDATE t SET id = NULL WHERE id = 1;
-- ! 100072
UPDATE t SET v = 'x', n = id WHERE id < 3;
-- > 2 | 0
UPDATE t SET n = n + 1, v = v || n WHERE id = 2;
-- ! 100078
UPDATE t SET n = n + 1, v = n::INT WHERE id = 2;
SELECT v, n FROM t WHERE id = 2;
-- > 2 | 3.00
UPDATE t SET nope = 1;
-- ! 000904
UPDATE t SET v = s.v FROM (SELECT 1 AS id, 'q' AS v) s WHERE t.id = s.id;
-- > 1 | 0
SELECT v FROM t WHERE id = 1;
-- > q
UPDATE t a SET v = 'al' WHERE a.id = 2;
SELECT v FROM t WHERE id = 2;
-- > al
DELETE FROM t WHERE v = NULL;
-- > 0
DELETE FROM t USING (SELECT 5 AS k) s WHERE t.id = s.k;
-- > 1
DELETE FROM t WHERE id IN (SELECT 4);
-- > 1
DELETE FROM t;
-- > 3
SELECT COUNT(*) FROM t;
-- > 0
CREATE TABLE i (id INT IDENTITY(10, 5), v VARCHAR);
INSERT INTO i (v) VALUES ('a');
INSERT INTO i (v) SELECT 'b';
SELECT id, v FROM i ORDER BY id;
-- > 10 | a
-- > 15 | b
CREATE TABLE k (id INT PRIMARY KEY, u INT UNIQUE);
INSERT INTO k VALUES (1, 1), (1, 1);
-- > 2
INSERT INTO k VALUES (NULL, 1);
-- ! 100072
CREATE TABLE dflt (a INT DEFAULT 7, b TIMESTAMP_NTZ DEFAULT CURRENT_TIMESTAMP(), c VARCHAR DEFAULT 'x''y');
INSERT INTO dflt (a) VALUES (1);
SELECT a, b IS NOT NULL, c FROM dflt;
-- > 1 | True | x'y
INSERT INTO dflt (c) VALUES ('q');
SELECT a FROM dflt WHERE c = 'q';
-- > 7
INSERT INTO dflt (a) VALUES (DEFAULT);
-- > 1
INSERT ALL INTO k VALUES (1, 1) SELECT 1;
-- > 1
CREATE TABLE vr (v VARIANT, o OBJECT, a ARRAY);
INSERT INTO vr SELECT PARSE_JSON('{"a":1}'), OBJECT_CONSTRUCT('b', 2), ARRAY_CONSTRUCT(3);
SELECT v:a::INT, o:b::INT, a[0]::INT FROM vr;
-- > 1 | 2 | 3
INSERT INTO vr (v) SELECT 'text';
-- ! 002023 (22000): SQL compilation error: Expression type does not match column data type, expecting VARIANT but got VARCHAR
INSERT INTO vr (v) SELECT TO_VARIANT('text') UNION ALL SELECT NULL WHERE FALSE;
SELECT v::STRING FROM vr WHERE o IS NULL;
-- > text
INSERT INTO vr (v) VALUES (PARSE_JSON('1'));
-- ! Invalid expression
CREATE TABLE mix (t VARCHAR);
INSERT INTO mix VALUES (1), (2.50);
SELECT t FROM mix;
-- > 1.00
-- > 2.50
-- unconfirmed: VALUES of 1 and 2.50 have one type, NUMBER(3,2)
INSERT INTO mix SELECT TRUE;
SELECT t FROM mix WHERE t = 'true';
-- > true
INSERT INTO mix SELECT DATE '2024-01-02';
INSERT INTO mix SELECT '2024-01-02'::TIMESTAMP;
SELECT t FROM mix WHERE t LIKE '2024%' ORDER BY t;
-- > 2024-01-02
-- > 2024-01-02 00:00:00.000
CREATE TABLE nn (n INT);
INSERT INTO nn SELECT 1.5;
SELECT n FROM nn;
-- > 2
INSERT INTO nn SELECT 'x';
-- ! 100038 (22018): Numeric value 'x' is not recognized
INSERT INTO nn SELECT DATE '2024-01-01';
-- !
INSERT INTO nn VALUES (1), ('2');
CREATE TABLE k2 (a INT, b INT, PRIMARY KEY (a, b));
INSERT INTO k2 VALUES (1, NULL);
-- ! 100072
INSERT INTO k2 VALUES (1, 1), (1, 1);
CREATE TABLE coll (v VARCHAR) DEFAULT_DDL_COLLATION = 'en-ci';
-- ! not supported
UPDATE k2 SET a = s.a FROM (SELECT 1 AS k, 7 AS a UNION ALL SELECT 1, 7) s WHERE k2.a = s.k;
-- > 2 | 2
DELETE FROM k2 LIMIT 1;
-- ! not supported
DELETE FROM k2 WHERE a = 7 RETURNING a;
-- ! not supported
UPDATE k2 SET a = 1 LIMIT 1;
-- ! not supported
SELECT COUNT(*) FROM k2;
-- > 2
SELECT '2024-01-01'::TIMESTAMP - '2024-01-01'::TIMESTAMP;
-- ! not supported
SELECT SUM(a) FILTER (WHERE a > 1) FROM k2;
-- ! not supported
CREATE TABLE ow (k INT);
CREATE STREAM ows ON TABLE ow;
INSERT INTO ow VALUES (1), (2);
INSERT OVERWRITE INTO ow SELECT k FROM ow WHERE k > 1;
SELECT k FROM ow;
-- > 2
SELECT k, METADATA$ACTION FROM ows;
-- > 2 | INSERT

-- a default is not cast
CREATE TABLE of_text (d DATE DEFAULT '2026-01-01');
-- ! 002262 (22000): SQL compilation error: Default value data type does not match data type for column D
CREATE TABLE of_text (d DATE DEFAULT '2026-01-01'::DATE, s VARCHAR DEFAULT 'x', n INT);
INSERT INTO of_text (n) VALUES (1);
SELECT d, s FROM of_text;
-- > 2026-01-01 | x
ALTER TABLE of_text ADD COLUMN b BOOLEAN DEFAULT 'true';
-- ! 002262
