-- the columns of a result are seen through RESULT_SCAN and through the table that a query makes
CREATE TABLE t (id INT, "Mixed" VARCHAR(5), n NUMBER(10,2), v VARIANT, o OBJECT, a ARRAY, ts TIMESTAMP_LTZ);
INSERT INTO t SELECT 1, 'a', 1.5, PARSE_JSON('{"x":1}'), OBJECT_CONSTRUCT('a', 1), ARRAY_CONSTRUCT(1), NULL;
-- a column without a name has its text, as it was typed, in upper case
SELECT 1+1, 'a', Count( * ), max(id)   - 1, (2) FROM t;
-- > 2 | a | 1 | 0 | 2
SELECT "1+1", "'A'", "COUNT( * )", "MAX(ID)   - 1", "(2)" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 2 | a | 1 | 0 | 2
SELECT DISTINCT v:x::int, id IS DISTINCT FROM 3, t.$1 FROM t;
-- > 1 | True | 1
SELECT "V:X::INT", "ID IS DISTINCT FROM 3", "$1" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 1 | True | 1
WITH c AS (SELECT 1, 2) SELECT TOP 1 dateadd(day, 1, '2024-01-01'::date) FROM c UNION ALL SELECT '2024-01-01'::DATE;
-- > 2024-01-02
-- > 2024-01-01
SELECT "DATEADD(DAY, 1, '2024-01-01'::DATE)" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 2024-01-02
-- > 2024-01-01
SELECT "COUNT(*)" + 1 AS more FROM (SELECT COUNT(*) FROM t);
-- > 2
SELECT id, id FROM t;
-- > 1 | 1
SELECT id FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- ! 000002 (0A000): not supported by the local account: RESULT_SCAN of a result with two columns of one name
-- types of a result
CREATE TABLE c AS SELECT id, "Mixed", n, v, o, a, ts FROM (SELECT * FROM t);
DESCRIBE TABLE c ->> SELECT "name", "type" FROM $1;
-- > ID | NUMBER(38,0)
-- > Mixed | VARCHAR(5)
-- > N | NUMBER(10,2)
-- > V | VARIANT
-- > O | OBJECT
-- > A | ARRAY
-- > TS | TIMESTAMP_LTZ(9)
CREATE TABLE d AS SELECT 1 AS one, 12.50 AS decimals, 'abc' AS txt, n + 1 AS more, n * n AS squared, n / 3 AS third, -5 AS neg, id::VARCHAR(7) AS iv, 1.5::FLOAT AS f, TRUE AS b, COUNT(*) OVER () AS cnt FROM t;
DESCRIBE TABLE d ->> SELECT "name", "type" FROM $1;
-- > ONE | NUMBER(1,0)
-- > DECIMALS | NUMBER(4,2)
-- > TXT | VARCHAR(3)
-- > MORE | NUMBER(11,2)
-- > SQUARED | NUMBER(20,4)
-- > THIRD | NUMBER(16,8)
-- > NEG | NUMBER(1,0)
-- > IV | VARCHAR(7)
-- > F | FLOAT
-- > B | BOOLEAN
-- > CNT | NUMBER(38,0)
CREATE TABLE e AS SELECT v:x AS vx, OBJECT_CONSTRUCT('k', 1) AS oc, ARRAY_CONSTRUCT() AS ac, SPLIT('a,b', ',') AS sp, ARRAY_AGG(id) OVER () AS ag, PARSE_JSON('1') AS pj, o:a AS oa, a[0] AS ae FROM (SELECT 1 AS id, v, o, a FROM t) x;
-- ! 000002 (0A000): not supported by the local account: ARRAY_AGG as a window function
CREATE TABLE e AS SELECT v:x AS vx, OBJECT_CONSTRUCT('k', 1) AS oc, ARRAY_CONSTRUCT() AS ac, SPLIT('a,b', ',') AS sp, PARSE_JSON('1') AS pj, o:a AS oa, a[0] AS ae, o AS o2 FROM t;
DESCRIBE TABLE e ->> SELECT "name", "type" FROM $1;
-- > VX | VARIANT
-- > OC | OBJECT
-- > AC | ARRAY
-- > SP | ARRAY
-- > PJ | VARIANT
-- > OA | VARIANT
-- > AE | VARIANT
-- > O2 | OBJECT
CREATE VIEW vw (a, b) AS SELECT "Mixed", n FROM t UNION ALL SELECT 'longer text', 12345678901.123;
DESCRIBE VIEW vw ->> SELECT "name", "type" FROM $1;
-- > A | VARCHAR(11)
-- > B | NUMBER(14,3)
CREATE TABLE g AS SELECT grp.x FROM (VALUES (1), (10), (100)) AS grp (x);
SELECT x FROM g ORDER BY x;
-- > 1
-- > 10
-- > 100
SELECT v, o FROM t;
-- > {\n  "x": 1\n} | {\n  "a": 1\n}
SELECT v:x::INT, o:a::INT FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 1 | 1
SELECT id, ts FROM t ->> SELECT COUNT(*) FROM $1 WHERE ts IS NULL ->> SELECT * FROM $1;
-- > 1
SELECT 1 AS a ->> SELECT 2 AS b ->> SELECT a, b FROM $2, $1;
-- > 1 | 2
SELECT 1 AS a ->> SELECT a FROM $2;
-- ! 001003 (42000): SQL compilation error: $2 names no statement of the chain
EXECUTE IMMEDIATE $$
BEGIN
    LET x := 12.3;
    LET y := 1;
    x := x / 10;
    y := 100;
    RETURN x::NUMBER(10,2) || '/' || y;
END
$$;
-- > 1.23/100
