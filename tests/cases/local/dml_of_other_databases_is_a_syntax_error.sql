-- What the parser reads beside a statement of Snowflake is not read over: it would change other rows.
CREATE TABLE t (a INT, b VARCHAR, j VARIANT);
INSERT INTO t (a, b) VALUES (1, 'x'), (2, NULL);
CREATE TABLE s (a INT, b VARCHAR);
INSERT INTO s VALUES (1, 'new');
UPDATE t LEFT JOIN s ON t.a = s.a SET b = 'bad';
-- ! 001003 (42000): SQL compilation error: syntax error
UPDATE t, s SET b = 'bad';
-- ! syntax error
DELETE FROM t LEFT JOIN s ON t.a = s.a;
-- ! syntax error
DELETE FROM t CROSS JOIN s;
-- ! syntax error
DELETE FROM t AT (OFFSET => -1);
-- ! syntax error
UPDATE t SET (a, b) = (1, 'x');
-- ! syntax error: SET '(a, b)': a column is expected
UPDATE t SET j:a = 5;
-- ! a column is expected
INSERT INTO t SET a = 77;
-- ! syntax error: INSERT INTO a table, and then VALUES or a query
INSERT INTO t PARTITION (a = 1) VALUES (1);
-- ! syntax error
INSERT INTO t AS x (a) VALUES (1);
-- ! syntax error
INSERT t (a) VALUES (1);
-- ! syntax error
INSERT ALL INTO t AS x (a) VALUES (1) SELECT 1;
-- ! syntax error
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DO NOTHING;
-- ! syntax error: WHEN MATCHED THEN DO NOTHING
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b WHERE t.a = 1;
-- ! syntax error: WHERE of UPDATE in MERGE
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN INSERT (a) VALUES (s.a);
-- ! syntax error: WHEN MATCHED THEN INSERT
MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN UPDATE SET b = 'bad';
-- ! syntax error: WHEN NOT MATCHED THEN UPDATE
MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (t.a);
-- ! 000904 (42000): SQL compilation error: invalid identifier 't.a'
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET *;
-- ! not supported by the local account: UPDATE *
MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b WHEN MATCHED AND t.a = 1 THEN DELETE;
-- ! a branch behind one of its kind without a condition cannot be reached
SELECT a, b FROM t ORDER BY a;
-- > 1 | x
-- > 2 | NULL
-- several rows of the source may delete one of the target; one that updates it must be alone
CREATE TABLE twice (a INT) AS SELECT 1 UNION ALL SELECT 1;
MERGE INTO t USING twice AS s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 'y';
-- ! 100090 (42P18)
MERGE INTO t USING (SELECT a, ROW_NUMBER() OVER (ORDER BY a) AS n FROM twice) AS s ON t.a = s.a WHEN MATCHED AND s.n = 1 THEN DELETE
  WHEN MATCHED THEN UPDATE SET b = 'y';
-- ! 100090
MERGE INTO t USING twice AS s ON t.a = s.a WHEN MATCHED THEN DELETE;
-- > 1
SELECT a FROM t;
-- > 2
