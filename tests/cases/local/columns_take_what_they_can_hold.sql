-- What Snowflake would refuse, or convert in a way that is not the engine's, is not stored as it is.
CREATE TABLE t (b BINARY(2), v VARCHAR, o OBJECT, a ARRAY, j VARIANT);
INSERT INTO t (b) VALUES ('ffff');
-- ! not supported by the local account: VARCHAR into BINARY column B without TO_BINARY
INSERT INTO t (b) SELECT TO_BINARY('ffff00');
-- ! 100078 (22000)
INSERT INTO t (b) SELECT TO_BINARY('ffff');
UPDATE t SET b = 'ab';
-- ! VARCHAR into BINARY column B
INSERT INTO t (v) SELECT b FROM t;
-- ! BINARY into text column V
INSERT INTO t (v) SELECT '10:00:00.123'::TIME;
INSERT INTO t (o) SELECT PARSE_JSON('[1]');
-- ! not supported by the local account: ARRAY into OBJECT column O
INSERT INTO t (o) SELECT 'x';
-- ! VARCHAR into OBJECT column O
INSERT INTO t (o) SELECT PARSE_JSON('{"a": 1}');
INSERT INTO t (a) SELECT OBJECT_CONSTRUCT('a', 1);
-- ! into ARRAY column A
INSERT INTO t (a) SELECT 1;
-- ! NUMBER into ARRAY column A
INSERT INTO t (a) SELECT ARRAY_CONSTRUCT(1);
INSERT INTO t (j) SELECT 1.5::FLOAT;
-- ! FLOAT in a VARIANT
INSERT INTO t (j) SELECT TO_BINARY('ff');
-- ! BINARY in a VARIANT
INSERT INTO t (j) SELECT '2024-01-05 10:11:12.123456'::TIMESTAMP;
-- ! a time with a fraction of its seconds in a VARIANT
INSERT INTO t (j) SELECT 100.00;
SELECT HEX_ENCODE(b), v, TO_JSON(o), TO_JSON(a), TO_JSON(j) FROM t ORDER BY 1, 2, TO_JSON(o), TO_JSON(a), TO_JSON(j);
-- > FFFF | NULL | NULL | NULL | NULL
-- > NULL | 10:00:00 | NULL | NULL | NULL
-- > NULL | NULL | {"a":1} | NULL | NULL
-- > NULL | NULL | NULL | [1] | NULL
-- > NULL | NULL | NULL | NULL | 100
CREATE TABLE nothing (b BINARY DEFAULT NULL, o OBJECT, a ARRAY, j VARIANT);
INSERT INTO nothing (o, a, j) SELECT NULL, NULL, NULL;
UPDATE nothing SET b = NULL, o = NULL;
MERGE INTO nothing USING (SELECT 1 AS x) AS s ON FALSE WHEN NOT MATCHED THEN INSERT (b, o, a) VALUES (NULL, NULL, NULL);
SELECT COUNT(*) FROM nothing WHERE b IS NULL AND o IS NULL AND a IS NULL AND j IS NULL;
-- > 2
-- digits that the engine's JSON would lose
SELECT 0.1234567890123456::VARIANT;
-- ! a number of more than 15 digits in a VARIANT
SELECT 0.123456789012345::VARIANT, 1234567890123456789::VARIANT, PARSE_JSON('12345678901234567.25');
-- > 0.123456789012345 | 1234567890123456789 | 12345678901234567.25
