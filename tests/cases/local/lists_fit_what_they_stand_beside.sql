-- Names and lists that the parser would take, drop or pass over.
CREATE TABLE t (a INT, b VARCHAR);
INSERT INTO t VALUES (1, 'x'), (2, 'y');
SELECT DISTINCT b FROM t ORDER BY a;
-- ! is not a valid order by expression
SELECT DISTINCT b AS q, UPPER(b) FROM t ORDER BY q DESC, UPPER(b), 1;
-- > y | Y
-- > x | X
SELECT * EXCLUDE (zz) FROM t;
-- ! 000904 (42000): SQL compilation error: invalid identifier 'ZZ'
SELECT * REPLACE (a * 2 AS zz) FROM t;
-- ! invalid identifier 'ZZ'
SELECT * RENAME (zz AS q) FROM t;
-- ! invalid identifier 'ZZ'
SELECT u.* EXCLUDE (x) FROM (SELECT a AS x, b FROM t) AS u ORDER BY 1;
-- > x
-- > y
SELECT u.* EXCLUDE (a) FROM (SELECT a AS x, b FROM t) AS u;
-- ! invalid identifier 'A'
WITH x(a) AS (SELECT a, b FROM t) SELECT * FROM x;
-- ! x has 1 names for 2 columns
WITH x(p, q) AS (SELECT a, b FROM t) SELECT * EXCLUDE p FROM x ORDER BY 1;
-- > x
-- > y
SELECT * FROM VALUES (1, 2) AS q(a);
-- ! q has 1 names for 2 columns
SELECT * FROM (SELECT a FROM t) AS q(a, b, c);
-- ! q has 3 names for 1 columns
CREATE TABLE c AS SELECT a + 1 FROM t;
-- ! 002022 (42601): SQL compilation error: Missing column specification
CREATE VIEW v AS SELECT COUNT(*) FROM t;
-- ! 002022
CREATE DYNAMIC TABLE d WAREHOUSE = w TARGET_LAG = '1 minute' AS SELECT 1, a FROM t;
-- ! 002022
CREATE VIEW v (n) AS SELECT COUNT(*) FROM t;
SELECT n FROM v;
-- > 2
SELECT 99999999999999999999999999999999999999999;
-- ! it has more than 38 digits
-- an argument that is NULL makes the answer NULL, also where nothing is asked for
SELECT LEFT(NULL, 0), RIGHT(NULL, 0), SUBSTR(NULL, 1, 0), SUBSTR('abc', NULL, 0), LPAD(NULL, 0, 'x'), LPAD('abc', 0, NULL),
  SPLIT_PART(NULL, '', 5), SPLIT_PART('abc', '', NULL);
-- > NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT LEFT('abc', 0) = '', RIGHT('abc', -1) = '', SUBSTR('abc', 1, 0) = '', LPAD('abc', 0, 'x') = '', SPLIT_PART('abc', '', 5) = '';
-- > True | True | True | True | True
SELECT LISTAGG(DISTINCT a, ',') WITHIN GROUP (ORDER BY a) FROM t;
-- ! it would be that of the texts
SELECT TRY_CAST(12.7 AS INT);
-- ! 001044 (42P13): SQL compilation error: TRY_CAST takes text, not number
SELECT TRY_CAST(PARSE_JSON('1') AS INT);
-- ! TRY_CAST takes text, not variant
SELECT TO_DATE('69-01-05', 'YY-MM-DD'), TO_DATE('70-01-05', 'YY-MM-DD'), TO_TIME('10:00', 'HH24:MI');
-- > 2069-01-05 | 1970-01-05 | 10:00:00
SELECT TO_TIMESTAMP('10:00', 'HH24:MI');
-- ! without a year, for reading
SELECT '2024-01-01'::TIMESTAMP + INTERVAL '1.5 hours';
-- ! an interval with a fraction
