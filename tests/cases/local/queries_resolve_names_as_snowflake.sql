CREATE TABLE t (id INT, "Mixed" VARCHAR, grp VARCHAR);
INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'x'), (3, NULL, 'y');
SELECT ID, id, "Mixed" FROM T WHERE Id = 1;
-- > 1 | 1 | a
SELECT mixed FROM t;
-- ! 000904 (42000): SQL compilation error: invalid identifier 'MIXED'
SELECT nope FROM t;
-- ! invalid identifier
SELECT x.id FROM t;
-- ! 000904
SELECT * FROM nope;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.NOPE' does not exist or not authorized.
SELECT * FROM nope.t;
-- ! 002003
SELECT db.s.t.id FROM db.s.t ORDER BY 1 LIMIT 1;
-- > 1
SELECT "T"."ID" FROM s.t ORDER BY 1 LIMIT 1;
-- > 1
SELECT a.id FROM t a JOIN t b ON a.id = b.id + 1 ORDER BY 1;
-- > 2
-- > 3
SELECT id FROM t a JOIN t b ON a.id = b.id;
-- ! 002028 (42601): SQL compilation error: ambiguous column name 'ID'
SELECT grp, COUNT(*) FROM t GROUP BY grp ORDER BY grp;
-- > x | 2
-- > y | 1
SELECT grp, COUNT(*) FROM t GROUP BY 1 HAVING COUNT(*) > 1;
-- > x | 2
SELECT grp, COUNT(*) FROM t GROUP BY ALL ORDER BY 1;
-- > x | 2
-- > y | 1
SELECT id, COUNT(*) FROM t GROUP BY grp;
-- ! 000979
SELECT id * 2 AS d, d + 1 AS e FROM t WHERE d > 2 ORDER BY e;
-- > 4 | 5
-- > 6 | 7
SELECT id, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY id DESC) AS rn FROM t QUALIFY rn = 1 ORDER BY id;
-- > 2 | 1
-- > 3 | 1
SELECT id FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 2;
-- > 2
WITH c AS (SELECT id FROM t WHERE id > 1) SELECT COUNT(*) FROM c;
-- > 2
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r ORDER BY n;
-- > 1
-- > 2
-- > 3
WITH c (a, b) AS (SELECT id, grp FROM t) SELECT a FROM c WHERE b = 'y';
-- > 3
SELECT id FROM t WHERE id IN (SELECT id FROM t WHERE grp = 'y');
-- > 3
SELECT id FROM t WHERE id NOT IN (SELECT NULL);
-- > (no rows)
SELECT id FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE b.grp = a.grp AND b.id > a.id);
-- > 1
SELECT (SELECT MAX(id) FROM t) + 1;
-- > 4
SELECT (SELECT id FROM t);
-- ! 090150
SELECT id FROM t UNION SELECT 1 ORDER BY 1;
-- > 1
-- > 2
-- > 3
SELECT id FROM t EXCEPT SELECT 1 ORDER BY 1;
-- > 2
-- > 3
SELECT id FROM t MINUS SELECT 2 ORDER BY 1;
-- > 1
-- > 3
SELECT id FROM t INTERSECT SELECT 2;
-- > 2
SELECT id FROM t UNION ALL SELECT 'a';
-- ! not supported
SELECT id FROM t ORDER BY "Mixed" DESC;
-- > 3
-- > 2
-- > 1
SELECT id FROM t ORDER BY "Mixed";
-- > 1
-- > 2
-- > 3
SELECT id FROM t ORDER BY "Mixed" DESC NULLS LAST;
-- > 2
-- > 1
-- > 3
SELECT id FROM t ORDER BY id LIMIT 1 OFFSET 1;
-- > 2
SELECT TOP 1 id FROM t ORDER BY id;
-- > 1
SELECT id FROM t ORDER BY id FETCH FIRST 2 ROWS ONLY;
-- > 1
-- > 2
SELECT COUNT(*) FROM t a LEFT JOIN t b ON a.id = b.id AND b.grp = 'y';
-- > 3
SELECT a.id, b.id FROM t a FULL OUTER JOIN (SELECT 9 AS id) b ON a.id = b.id WHERE a.id IS NULL;
-- > NULL | 9
SELECT id FROM t JOIN (SELECT 1 AS id) USING (id);
-- > 1
SELECT * FROM t NATURAL JOIN (SELECT 1 AS id);
-- > 1 | a | x
SELECT * EXCLUDE grp FROM t WHERE id = 1;
-- > 1 | a
SELECT * EXCLUDE (grp, id) FROM t WHERE id = 1;
-- > a
SELECT * RENAME grp AS g FROM t WHERE id = 1;
-- > 1 | a | x
SELECT * REPLACE (id + 1 AS id) FROM t WHERE id = 1;
-- > 2 | a | x
SELECT t.* FROM t WHERE id = 1;
-- > 1 | a | x
SELECT COLUMN1, column2 FROM VALUES (1, 'a'), (2, 'b') ORDER BY 1;
-- > 1 | a
-- > 2 | b
SELECT $1 FROM VALUES (1), (2);
-- > 1
-- > 2
SELECT v.a FROM (VALUES (1)) AS v (a);
-- > 1
SELECT DISTINCT grp FROM t ORDER BY grp;
-- > x
-- > y
SELECT COUNT(DISTINCT grp), COUNT(DISTINCT grp, id) FROM t;
-- > 2 | 3
SELECT LAG(id) OVER (ORDER BY id), LEAD(id, 1, 0) OVER (ORDER BY id) FROM t ORDER BY id;
-- > NULL | 2
-- > 1 | 3
-- > 2 | 0
SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t ORDER BY id;
-- > 1
-- > 3
-- > 5
SELECT FIRST_VALUE(id) OVER (PARTITION BY grp ORDER BY id), LAST_VALUE(id) OVER (PARTITION BY grp ORDER BY id) FROM t ORDER BY id;
-- > 1 | 2
-- > 1 | 2
-- > 3 | 3
SELECT LAG("Mixed") IGNORE NULLS OVER (ORDER BY id) FROM t ORDER BY id;
-- > NULL
-- > a
-- > b
SELECT RANK() OVER (ORDER BY grp), DENSE_RANK() OVER (ORDER BY grp) FROM t ORDER BY id;
-- > 1 | 1
-- > 1 | 1
-- > 3 | 2
SELECT RATIO_TO_REPORT(id) OVER () FROM t;
-- > 0.166667
-- > 0.333333
-- > 0.500000
SELECT MEDIAN(id) FROM t;
-- > 2.000
SELECT id FROM t SAMPLE (10);
-- !
SELECT id FROM t AT (OFFSET => -60);
-- !
SELECT id FROM t CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -60);
-- !
SELECT * FROM t PIVOT (COUNT(id) FOR grp IN ('x', 'y'));
-- > NULL | 0 | 1
-- > a | 1 | 0
-- > b | 1 | 0
SELECT id FROM t START WITH id = 1 CONNECT BY PRIOR id = id;
-- !
SELECT grp, COUNT(*) FROM t GROUP BY ROLLUP (grp);
-- > NULL | 3
-- > x | 2
-- > y | 1
SELECT id FROM t WHERE id = ANY (SELECT 1);
-- > 1
SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 3));
-- > 3
SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 3));
-- > 0
-- > 1
-- > 2
SELECT * FROM TABLE(nope(1));
-- ! not supported
SELECT nope(1);
-- ! not supported
SELECT RANDOM() BETWEEN -9223372036854775808 AND 9223372036854775807, RANDOM() <> RANDOM();
-- > True | True
SELECT LENGTH(UUID_STRING());
-- > 36
SELECT CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_ROLE(), CURRENT_WAREHOUSE();
-- > DB | S | ACCOUNTADMIN | NULL
SELEC 1;
-- !
SELECT FROM t;
-- ! 001003
SELECT 1 1;
-- ! 001003
CREATE VIEW v AS SELECT id, grp AS g FROM t WHERE id < 3;
SELECT * FROM v ORDER BY id;
-- > 1 | x
-- > 2 | x
CREATE VIEW v AS SELECT 1 AS x;
-- ! 002002
CREATE OR REPLACE VIEW v (a, b) AS SELECT id, grp FROM t;
SELECT b FROM v WHERE a = 3;
-- > y
INSERT INTO v VALUES (1, 'x');
-- ! cannot be changed
CREATE VIEW bad AS SELECT nope FROM t;
-- ! 000904
CREATE TABLE v (id INT);
-- ! 002002
ALTER TABLE t ADD COLUMN extra INT;
SELECT COUNT(*) FROM v;
-- > 3
DROP TABLE v;
-- !
DROP TABLE t;
SELECT * FROM v;
-- ! T
SET x = 5;
SELECT $x + 1;
-- > 6
SET name = 'it''s';
SELECT $name;
-- > it's
SELECT $missing;
-- !
SET (a, b) = (1, 2);
-- > Statement executed successfully.
USE SCHEMA nope;
-- ! 002043
SELECT TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'S';
-- > V | VIEW
SELECT * FROM INFORMATION_SCHEMA.NOPE;
-- ! not supported
SELECT NAME FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY;
-- > (no rows)
SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.NOPE;
-- ! not supported
