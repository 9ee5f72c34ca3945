CREATE TABLE t (id INT, "Mixed" VARCHAR, grp VARCHAR);
INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'x'), (3, NULL, 'y');
-- SELECT
SELECT ALL id FROM t WHERE id = 1;
-- > 1
SELECT DISTINCT grp FROM t ORDER BY grp;
-- > x
-- > y
SELECT DISTINCT ON (grp) id FROM t;
-- ! 000002 (0A000): not supported by the local account: ON of DISTINCT ('DISTINCT ON (grp)')
SELECT id INTO x FROM t;
-- ! 000002 (0A000): not supported by the local account: INTO of SELECT ('CREATE TABLE x AS SELECT id FROM t')
SELECT id FROM t FOR UPDATE;
-- ! 000002 (0A000): not supported by the local account: LOCKS of SELECT ('SELECT id FROM t')
SELECT id FROM t SORT BY id;
-- ! 000002 (0A000): not supported by the local account: SORT of SELECT ('SELECT id FROM t')
SELECT id FROM t CLUSTER BY id;
-- ! 000002 (0A000): not supported by the local account: CLUSTER of SELECT ('SELECT id FROM t')
SELECT id FROM t DISTRIBUTE BY id;
-- ! 000002 (0A000): not supported by the local account: DISTRIBUTE of SELECT ('SELECT id FROM t')
SELECT id FROM t WINDOW w AS (ORDER BY id);
-- ! 001003 (42000): SQL compilation error: syntax error: Invalid expression / Unexpected token. Line 1, Col: 25
SELECT id FROM t START WITH id = 1 CONNECT BY PRIOR id = id;
-- ! 000002 (0A000): not supported by the local account: CONNECT of SELECT ('SELECT id FROM t START WITH id = 1 CONNECT BY PRIOR id = id')
SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES a.id AS x PATTERN (a) DEFINE a AS id > 1);
-- ! 000002 (0A000): not supported by the local account: MATCH of SELECT ('SELECT * FROM t MATCH_RECOGNIZE ( ORDER BY id MEASURES a.id ')
-- FROM
SELECT id FROM t SAMPLE (10);
-- ! 000002 (0A000): not supported by the local account: SAMPLE of TABLE ('t TABLESAMPLE BERNOULLI (10)')
SELECT id FROM t SAMPLE ROW (2 ROWS);
-- ! 000002 (0A000): not supported by the local account: SAMPLE of TABLE ('t TABLESAMPLE ROW (2 ROWS)')
SELECT id FROM t TABLESAMPLE BERNOULLI (10) SEED (3);
-- ! 000002 (0A000): not supported by the local account: SAMPLE of TABLE ('t TABLESAMPLE BERNOULLI (10) SEED (3)')
SELECT id FROM t AT (OFFSET => -60);
-- ! not supported by the local account: AT (OFFSET => -60): the changes of table DB.S.T
SELECT id FROM t BEFORE (STATEMENT => 'x');
-- ! 000002 (0A000): not supported by the local account: BEFORE (STATEMENT => …)
SELECT id FROM t CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -60);
-- ! 000002 (0A000): not supported by the local account: CHANGES of TABLE ('t CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -60)')
SELECT id FROM t FOR SYSTEM_TIME AS OF '2020-01-01';
-- ! 000002 (0A000): not supported by the local account: VERSION of TABLE ("t FOR TIMESTAMP AS OF '2020-01-01'")
SELECT id FROM t WITH (NOLOCK);
-- ! 000002 (0A000): not supported by the local account: HINTS of TABLE ('t')
SELECT * FROM UNNEST([1, 2]);
-- ! 000002 (0A000): not supported by the local account: function UNNEST ('value FROM TABLE(FLATTEN(INPUT => [1, 2])) AS "_0"(seq, key,')
SELECT * FROM (t) ORDER BY id LIMIT 1;
-- > 1 | a | x
SELECT x.id FROM t AS x (id, b, c) ORDER BY id LIMIT 1;
-- > 1
SELECT x.z FROM db.s.t AS x (z, b, c) ORDER BY z LIMIT 1;
-- > 1
SELECT * FROM t AS x (a, b);
-- ! 000002 (0A000): not supported by the local account: 2 names for 3 columns of t
SELECT b FROM (SELECT 1 AS a) AS x (b);
-- > 1
-- joins
SELECT COUNT(*) FROM t a CROSS JOIN t b;
-- > 9
SELECT COUNT(*) FROM t a, t b WHERE a.id = b.id;
-- > 3
SELECT COUNT(*) FROM t a INNER JOIN t b ON a.id = b.id;
-- > 3
SELECT COUNT(*) FROM t a DIRECTED JOIN t b ON a.id = b.id;
-- > 3
SELECT a.id, b.id FROM t a LEFT OUTER JOIN t b ON a.id = b.id + 1 ORDER BY 1;
-- > 1 | NULL
-- > 2 | 1
-- > 3 | 2
SELECT a.id, b.id FROM t a RIGHT JOIN t b ON a.id = b.id + 1 ORDER BY 2;
-- > 2 | 1
-- > 3 | 2
-- > NULL | 3
SELECT a.id, b.id FROM t a FULL JOIN t b ON a.id = b.id + 1 ORDER BY 1, 2;
-- > 1 | NULL
-- > 2 | 1
-- > 3 | 2
-- > NULL | 3
SELECT * FROM t a NATURAL JOIN t b ORDER BY id;
-- > 1 | a | x
-- > 2 | b | x
SELECT * FROM t a NATURAL LEFT JOIN (SELECT 1 AS id, 'q' AS q) b ORDER BY id;
-- > 1 | a | x | q
-- > 2 | b | x | NULL
-- > 3 | NULL | y | NULL
SELECT * FROM t a JOIN t b USING (id) ORDER BY id;
-- > 1 | a | x | a | x
-- > 2 | b | x | b | x
-- > 3 | NULL | y | NULL | y
SELECT id FROM t a RIGHT JOIN (SELECT 9 AS id) b USING (id);
-- > 9
SELECT id, q FROM t a FULL JOIN (SELECT 9 AS id, 'q' AS q) b USING (id) ORDER BY id;
-- > 1 | NULL
-- > 2 | NULL
-- > 3 | NULL
-- > 9 | q
SELECT COUNT(*) FROM (t a JOIN t b ON a.id = b.id) JOIN t c ON a.id = c.id;
-- > 3
SELECT * FROM t SEMI JOIN t b ON t.id = b.id;
-- ! 000002 (0A000): not supported by the local account: SEMI of JOIN ('SEMI JOIN t AS b ON t.id = b.id')
SELECT * FROM t ANTI JOIN t b ON t.id = b.id;
-- ! 000002 (0A000): not supported by the local account: ANTI of JOIN ('ANTI JOIN t AS b ON t.id = b.id')
SELECT * FROM t a LEFT ANTI JOIN t b ON a.id = b.id;
-- ! 000002 (0A000): not supported by the local account: ANTI of JOIN ('LEFT ANTI JOIN t AS b ON a.id = b.id')
SELECT * FROM t a CROSS APPLY (SELECT 1 AS o) b;
-- ! 000002 (0A000): not supported by the local account: CROSS APPLY of LATERAL ('INNER JOIN LATERAL (SELECT 1 AS o) AS b')
SELECT * FROM t a ASOF JOIN t b MATCH_CONDITION (a.id >= b.id) ON a.grp = b.grp;
-- ! 000002 (0A000): not supported by the local account: ASOF of JOIN ('ASOF JOIN t AS b MATCH_CONDITION (a.id >= b.id) ON a.grp = b')
SELECT * FROM t a POSITIONAL JOIN t b;
-- ! 001003 (42000): SQL compilation error: syntax error: Invalid expression / Unexpected token. Line 1, Col: 28
-- columns of one name
SELECT id FROM t a JOIN t b ON a.id = b.id;
-- ! 002028 (42601): SQL compilation error: ambiguous column name 'ID'
SELECT x.id FROM (SELECT id, id FROM t) x;
-- ! 002028 (42601): SQL compilation error: ambiguous column name 'ID'
SELECT COUNT(*) FROM (SELECT id, id FROM t) x;
-- > 3
SELECT * FROM (SELECT a.id, b.id FROM t a, t b) x;
-- ! 000002 (0A000): not supported by the local account: * over a subquery with two columns of one name
WITH c AS (SELECT id, grp AS id FROM t) SELECT id FROM c;
-- ! 002028 (42601): SQL compilation error: ambiguous column name 'ID'
SELECT a.id, b.id FROM t a JOIN t b ON a.id = b.id ORDER BY 1;
-- > 1 | 1
-- > 2 | 2
-- > 3 | 3
SELECT "a" FROM (SELECT 1 AS "a", 2 AS "A");
-- ! 002028 (42601): SQL compilation error: ambiguous column name 'a'
SELECT 1 AS "a", 2 AS "A";
-- > 1 | 2
-- GROUP BY
SELECT grp, COUNT(*) FROM t GROUP BY ALL ORDER BY 1;
-- > x | 2
-- > y | 1
SELECT COUNT(*) FROM t GROUP BY ();
-- > 3
SELECT grp, COUNT(*) FROM t GROUP BY ROLLUP (grp) ORDER BY 1;
-- > x | 2
-- > y | 1
-- > NULL | 3
SELECT grp, id, COUNT(*), GROUPING(grp), GROUPING(grp, id), GROUPING_ID(id) FROM t GROUP BY CUBE (grp, id) ORDER BY 1, 2;
-- > x | 1 | 1 | 0 | 0 | 0
-- > x | 2 | 1 | 0 | 0 | 0
-- > x | NULL | 2 | 0 | 1 | 1
-- > y | 3 | 1 | 0 | 0 | 0
-- > y | NULL | 1 | 0 | 1 | 1
-- > NULL | 1 | 1 | 1 | 2 | 0
-- > NULL | 2 | 1 | 1 | 2 | 0
-- > NULL | 3 | 1 | 1 | 2 | 0
-- > NULL | NULL | 3 | 1 | 3 | 1
SELECT grp, id, COUNT(*) FROM t GROUP BY GROUPING SETS ((grp), (id), ()) ORDER BY 1, 2;
-- > x | NULL | 2
-- > y | NULL | 1
-- > NULL | 1 | 1
-- > NULL | 2 | 1
-- > NULL | 3 | 1
-- > NULL | NULL | 3
SELECT grp, id, COUNT(*) FROM t GROUP BY grp, ROLLUP (id) ORDER BY 1, 2;
-- > x | 1 | 1
-- > x | 2 | 1
-- > x | NULL | 2
-- > y | 3 | 1
-- > y | NULL | 1
SELECT id % 2 AS grp, COUNT(*) FROM t GROUP BY grp;
-- ! 000979 (42601): SQL compilation error: [ID] is not a valid group by expression
SELECT id % 2 AS id, COUNT(*) FROM t GROUP BY id ORDER BY 1, 2;
-- > 0 | 1
-- > 1 | 1
-- > 1 | 1
SELECT UPPER(grp) AS u, COUNT(*) FROM t GROUP BY u ORDER BY u;
-- > X | 2
-- > Y | 1
SELECT id FROM t GROUP BY 3;
-- ! 001003 (42000): SQL compilation error: Unknown output column: 3
-- HAVING, QUALIFY
SELECT grp AS g, COUNT(*) AS n FROM t GROUP BY g HAVING n > 1;
-- > x | 2
SELECT grp AS g, COUNT(*) AS id FROM t GROUP BY g HAVING id > 1;
-- ! 000002 (0A000): not supported by the local account: ID in HAVING or QUALIFY, which is an alias and also a column: write <table>.ID
SELECT id + 10 AS id FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY id DESC) = 1;
-- ! 000002 (0A000): not supported by the local account: ID in HAVING or QUALIFY, which is an alias and also a column: write <table>.ID
SELECT id + 10 AS id FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY t.id DESC) = 1;
-- > 13
SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS rn FROM (SELECT * FROM t) QUALIFY rn = 1 AND id = 1;
-- > 1 | 1
-- an alias in the list that made it, and in WHERE; a column of the same name comes first
SELECT id AS a, a + 1 AS b, b + 1 AS c FROM t WHERE c > 4;
-- > 3 | 4 | 5
SELECT id + 10 AS id FROM t WHERE id > 2;
-- > 13
SELECT id AS grp, grp AS z FROM t WHERE id = 1;
-- > 1 | x
-- ORDER BY
SELECT -id AS id FROM t ORDER BY id;
-- > -3
-- > -2
-- > -1
SELECT id FROM t ORDER BY "Mixed" ASC NULLS FIRST;
-- > 3
-- > 1
-- > 2
SELECT id FROM t ORDER BY "Mixed" DESC NULLS LAST;
-- > 2
-- > 1
-- > 3
SELECT id, grp FROM t ORDER BY ALL DESC;
-- > 3 | y
-- > 2 | x
-- > 1 | x
SELECT * FROM t ORDER BY ALL;
-- > 1 | a | x
-- > 2 | b | x
-- > 3 | NULL | y
SELECT id FROM t UNION SELECT 5 ORDER BY ALL;
-- > 1
-- > 2
-- > 3
-- > 5
SELECT id FROM t ORDER BY 2;
-- ! 001003 (42000): SQL compilation error: Unknown output column: 2
SELECT id FROM t ORDER BY id USING >;
-- ! 001003 (42000): SQL compilation error: syntax error: Invalid expression / Unexpected token. Line 1, Col: 34
-- LIMIT, OFFSET, FETCH
SELECT id FROM t ORDER BY id LIMIT 1 OFFSET 1;
-- > 2
SELECT id FROM t ORDER BY id LIMIT NULL;
-- > 1
-- > 2
-- > 3
SELECT TOP 2 id FROM t ORDER BY id;
-- > 1
-- > 2
SELECT id FROM t ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY;
-- > 2
SELECT id FROM t ORDER BY id FETCH FIRST ROW ONLY;
-- > 1
SELECT id FROM t ORDER BY id FETCH 2;
-- > 1
-- > 2
SELECT id FROM t FETCH FIRST 1 ROWS WITH TIES;
-- ! 000002 (0A000): not supported by the local account: WITH TIES of LIMITOPTIONS ('ROWS WITH TIES')
SELECT id FROM t FETCH FIRST 1 PERCENT ROWS ONLY;
-- ! 000002 (0A000): not supported by the local account: PERCENT of LIMITOPTIONS ('PERCENT ROWS ONLY')
SELECT id FROM t LIMIT 1 PERCENT;
-- ! 000002 (0A000): not supported by the local account: LIMIT OPTIONS of LIMIT ('LIMIT 1 PERCENT')
SELECT id FROM t LIMIT 1 WITH TIES;
-- ! 000002 (0A000): not supported by the local account: LIMIT OPTIONS of LIMIT ('LIMIT 1 WITH TIES')
-- windows
SELECT SUM(id) OVER (ORDER BY grp) FROM t ORDER BY id;
-- > 3
-- > 3
-- > 6
SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t ORDER BY id;
-- > 3
-- > 6
-- > 5
SELECT SUM(id) OVER (ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t ORDER BY id;
-- > 1
-- > 3
-- > 6
SELECT SUM(id) OVER (ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM t;
-- ! 000002 (0A000): not supported by the local account: EXCLUDE of WINDOWSPEC ('RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW')
SELECT SUM(id) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;
-- ! 000002 (0A000): not supported by the local account: GROUPS of WINDOWSPEC ('GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW')
SELECT LAST_VALUE(id) OVER (ORDER BY id) FROM t ORDER BY id;
-- > 3
-- > 3
-- > 3
SELECT LAST_VALUE(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t ORDER BY id;
-- > 1
-- > 2
-- > 3
SELECT ROW_NUMBER() OVER () FROM t;
-- ! 001003 (42000): SQL compilation error: Window function type [ROW_NUMBER] requires ORDER BY in window specification
SELECT LAG(id) OVER (PARTITION BY grp) FROM t;
-- ! 001003 (42000): SQL compilation error: Window function type [LAG] requires ORDER BY in window specification
SELECT id FROM t WHERE ROW_NUMBER() OVER (ORDER BY id) = 1;
-- ! 000002 (0A000): not supported by the local account: WHERE clause cannot contain window functions!
-- WITH
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b;
-- > 2
WITH a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3) SELECT n FROM a ORDER BY n;
-- > 1
-- > 2
-- > 3
WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM a WHERE n < 3) SELECT n FROM a ORDER BY n;
-- > 1
-- > 2
-- > 3
WITH RECURSIVE a AS (SELECT 1 AS n UNION SELECT n + 1 FROM a WHERE n < 3) SELECT * FROM a;
-- ! 000002 (0A000): not supported by the local account: a WITH query A that reads A other than by UNION ALL
WITH t AS (SELECT * FROM t) SELECT * FROM t;
-- ! 000002 (0A000): not supported by the local account: a WITH query T that reads T other than by UNION ALL
WITH t AS (SELECT 42 AS id) SELECT * FROM t;
-- > 42
WITH "x" AS (SELECT 1 AS a) SELECT * FROM x;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.X' does not exist or not authorized.
WITH "x" AS (SELECT 1 AS a) SELECT * FROM "x";
-- > 1
WITH x AS (SELECT 1 AS a) SELECT * FROM s.x;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.X' does not exist or not authorized.
WITH a AS MATERIALIZED (SELECT 1 AS x) SELECT * FROM a;
-- ! 000002 (0A000): not supported by the local account: MATERIALIZED of CTE ('a AS MATERIALIZED (SELECT 1 AS x)')
WITH a AS NOT MATERIALIZED (SELECT 1 AS x) SELECT * FROM a;
-- ! 000002 (0A000): not supported by the local account: MATERIALIZED of CTE ('a AS NOT MATERIALIZED (SELECT 1 AS x)')
WITH RECURSIVE a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a WHERE n < 3) SEARCH DEPTH FIRST BY n SET o SELECT * FROM a;
-- ! 000002 (0A000): not supported by the local account: SEARCH of WITH ('WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM')
SELECT (WITH q AS (SELECT 5 AS z) SELECT z FROM q) AS z;
-- > 5
-- set operations
SELECT id FROM t UNION ALL SELECT 1 UNION SELECT 9 ORDER BY id;
-- > 1
-- > 2
-- > 3
-- > 9
(SELECT id FROM t ORDER BY id LIMIT 1) UNION ALL (SELECT 7) ORDER BY 1 LIMIT 2;
-- > 1
-- > 7
SELECT id FROM t UNION DISTINCT SELECT 1 ORDER BY 1;
-- > 1
-- > 2
-- > 3
SELECT id, grp FROM t WHERE id = 1 UNION ALL BY NAME SELECT 'q' AS grp, 7 AS id ORDER BY id;
-- > 1 | x
-- > 7 | q
SELECT id FROM t WHERE id = 1 UNION BY NAME SELECT 1 AS id, 'n' AS grp ORDER BY grp;
-- > 1 | n
-- > 1 | NULL
SELECT id FROM t INTERSECT SELECT 1;
-- > 1
SELECT id FROM t INTERSECT ALL SELECT 1;
-- ! 000002 (0A000): not supported by the local account: ALL of INTERSECT ('SELECT id FROM t INTERSECT ALL SELECT 1')
SELECT id FROM t EXCEPT SELECT 1 ORDER BY 1;
-- > 2
-- > 3
SELECT id FROM t MINUS SELECT 1 ORDER BY 1;
-- > 2
-- > 3
SELECT id FROM t EXCEPT ALL SELECT 1;
-- ! 000002 (0A000): not supported by the local account: ALL of EXCEPT ('SELECT id FROM t EXCEPT ALL SELECT 1')
SELECT id FROM t UNION SELECT 1 INTERSECT SELECT 1;
-- ! 000002 (0A000): not supported by the local account: INTERSECT beside UNION or EXCEPT without parentheses
SELECT id FROM t INTERSECT SELECT 1 UNION SELECT 2;
-- ! 000002 (0A000): not supported by the local account: INTERSECT beside UNION or EXCEPT without parentheses
SELECT id FROM t INTERSECT (SELECT 1 UNION SELECT 2) ORDER BY 1;
-- > 1
-- > 2
SELECT 1 AS a UNION ALL SELECT 1, 2;
-- ! 000002 (0A000): not supported by the local account: Set operations can only apply to expressions with the same number of result columns
WITH a AS (SELECT 1 AS id) SELECT id FROM t EXCEPT SELECT id FROM a ORDER BY id LIMIT 1 OFFSET 1;
-- > 3
WITH a AS (SELECT 1 AS id) SELECT id FROM t INTERSECT SELECT id FROM a ORDER BY id LIMIT 1 OFFSET 0;
-- > 1
WITH a AS (SELECT 1 AS id) SELECT id FROM t UNION ALL SELECT id FROM a ORDER BY id LIMIT 2 OFFSET 1;
-- > 1
-- > 2
WITH a AS (SELECT 1 AS id UNION ALL SELECT 2) (SELECT id FROM a) ORDER BY id DESC LIMIT 1 OFFSET 1;
-- > 1
-- comparisons with subqueries
SELECT id FROM t WHERE id = ANY (SELECT 1) OR id = SOME (SELECT 3) ORDER BY 1;
-- > 1
-- > 3
SELECT id FROM t WHERE id >= ALL (SELECT id FROM t);
-- > 3
SELECT id FROM t WHERE id <> ALL (SELECT 1) ORDER BY 1;
-- > 2
-- > 3
SELECT id FROM t WHERE id > ANY (1, 2);
-- ! 000002 (0A000): not supported by the local account: Subquery returns 2 columns - expected 1
SELECT id FROM t WHERE (id, grp) IN ((1, 'x'), (3, 'y')) ORDER BY 1;
-- > 1
-- > 3
SELECT id FROM t WHERE (id, grp) IN (SELECT 1, 'x');
-- > 1
SELECT id, (SELECT COUNT(*) FROM t x WHERE x.grp = t.grp) AS c FROM t ORDER BY id;
-- > 1 | 2
-- > 2 | 2
-- > 3 | 1
SELECT (SELECT x.id FROM t x WHERE x.grp = t.grp) AS c FROM t;
-- ! 090150 (22000): Single-row subquery returns more than one row.
SELECT id FROM t WHERE NOT EXISTS (SELECT 1 FROM t x WHERE x.id > t.id);
-- > 3
SELECT id FROM t WHERE id BETWEEN 2 AND 3 AND grp NOT LIKE 'x%' AND "Mixed" IS NOT DISTINCT FROM NULL;
-- > 3
-- stars
SELECT * ILIKE 'i%' FROM t ORDER BY 1;
-- > 1
-- > 2
-- > 3
SELECT * ILIKE 'i%' RENAME id AS z FROM t ORDER BY z LIMIT 1;
-- > 1
SELECT t.* EXCLUDE ("Mixed", id) FROM t ORDER BY 1;
-- > x
-- > x
-- > y
SELECT t.* REPLACE (id * 2 AS id) RENAME grp AS g FROM t ORDER BY 1 LIMIT 1;
-- > 2 | a | x
-- columns by their place
SELECT $1, $2 FROM VALUES (1, 'a'), (2, 'b') ORDER BY $1 DESC;
-- > 2 | b
-- > 1 | a
SELECT v.$1, v.$2 AS z FROM VALUES (1, 'a'), (2, 'b') AS v ORDER BY 1;
-- > 1 | a
-- > 2 | b
SELECT v.$1 + x FROM VALUES (1, 'a'), (2, 'b') AS v (x, y) ORDER BY 1;
-- > 2
-- > 4
SELECT $3, t.$1 FROM t ORDER BY 2;
-- > x | 1
-- > x | 2
-- > y | 3
SELECT $4 FROM t;
-- ! 000904 (42000): SQL compilation error: invalid identifier '$4'
SELECT $1 FROM t a JOIN t b ON a.id = b.id;
-- ! 000002 (0A000): not supported by the local account: $1 without a table beside a join
SELECT b.$1 FROM t a JOIN t b ON a.id = b.id + 1 ORDER BY 1;
-- > 1
-- > 2
SELECT $2 FROM (SELECT id, grp FROM t) WHERE $1 = 3;
-- > y
WITH c AS (SELECT 5 AS q) SELECT $1 FROM c;
-- > 5
SELECT $3 FROM TABLE(SPLIT_TO_TABLE('a,b', ',')) ORDER BY 1;
-- > a
-- > b
