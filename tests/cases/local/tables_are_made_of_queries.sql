CREATE TABLE a (x VARCHAR(2), y INT NOT NULL, n NUMBER(4,1)) AS SELECT 'ab', 1, '2.25';
SELECT x, y, n FROM a;
-- > ab | 1 | 2.3
CREATE TABLE b (x VARCHAR(2)) AS SELECT 'abc';
-- ! 100078 (22000): String 'abc' is too long and would be truncated
CREATE TABLE c (y INT NOT NULL) AS SELECT NULL;
-- ! 100072 (22000): NULL result in a non-nullable column
CREATE TABLE d (p, "q") AS SELECT 'abc', 12;
SELECT p, "q" FROM d;
-- > abc | 12
DESCRIBE TABLE d ->> SELECT "name", "type" FROM $1;
-- > P | VARCHAR(3)
-- > q | NUMBER(2,0)
CREATE TABLE e (p) AS SELECT 1, 2;
-- ! the column list does not fit the query
CREATE TABLE f (n NUMBER(2,0)) AS SELECT 100;
-- ! 100039
CREATE TABLE g AS SELECT 1 AS a, 2 AS a;
-- ! duplicate column name 'A'
CREATE TABLE h (v VARIANT, s VARCHAR) AS SELECT 1, 2.5;
SELECT v, s FROM h;
-- > 1 | 2.5
-- a query that fails makes no table, and replaces none
SELECT * FROM c;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.C' does not exist or not authorized.
CREATE OR REPLACE TABLE a (x VARCHAR(1)) AS SELECT x FROM a;
-- ! 100078
SELECT x FROM a;
-- > ab
CREATE OR REPLACE TABLE a AS SELECT x || '!' AS x FROM a;
SELECT x FROM a;
-- > ab!
