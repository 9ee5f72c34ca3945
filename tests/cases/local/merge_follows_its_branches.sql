CREATE TABLE t (id INT, v VARCHAR, n INT);
INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (NULL, 'null', 0);
CREATE TABLE s (id INT, v VARCHAR, del BOOLEAN);
INSERT INTO s VALUES (1, 'A', FALSE), (2, 'B', TRUE), (9, 'I', FALSE), (NULL, 'N', FALSE);
MERGE INTO t USING s ON t.id = s.id
  WHEN MATCHED AND s.del THEN DELETE
  WHEN MATCHED THEN UPDATE SET v = s.v, n = t.n + 10
  WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v);
-- > 2 | 1 | 1
SELECT * FROM t ORDER BY v;
-- > 1 | A | 11
-- > 9 | I | NULL
-- > NULL | N | NULL
-- > 3 | c | 3
-- > NULL | null | 0
MERGE INTO t USING (SELECT 1 AS id, 'x' AS v UNION ALL SELECT 1, 'y') s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v;
-- ! 100090 (42P18): Duplicate row detected during DML action
MERGE INTO t USING (SELECT 50 AS id UNION ALL SELECT 50) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);
-- > 2
MERGE INTO t USING s ON t.id = s.id AND t.v = 'zzz' WHEN MATCHED THEN UPDATE SET v = 'x';
-- > 0
MERGE INTO t a USING s b ON a.id IS NOT DISTINCT FROM b.id WHEN MATCHED AND a.v = 'N' THEN UPDATE SET a.v = 'null-safe';
-- > 1
MERGE INTO t USING s ON EQUAL_NULL(t.id, s.id) AND s.id IS NULL AND t.v = 'null' WHEN MATCHED THEN DELETE;
-- > 1
MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 1 / 0;
-- ! 100051
MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED AND s.id > 5 THEN INSERT VALUES (s.id, s.v, 0);
-- > 0
MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id);
-- ! 001003
MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET nope = 1;
-- ! 000904
MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE;
-- ! not supported
DELETE FROM t WHERE id = 50;
MERGE INTO t USING t s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n + 1;
SELECT n FROM t WHERE id = 1;
-- > 12
MERGE INTO nope USING s ON 1 = 1 WHEN MATCHED THEN DELETE;
-- ! 002003
-- where nothing matches, a name without its table can only be the source's
CREATE TABLE dest (id INT, v VARCHAR);
MERGE INTO dest USING (SELECT 1 AS id, 'a' AS v UNION ALL SELECT 2, 'b') AS src ON src.id = dest.id WHEN NOT MATCHED AND id > 1 THEN INSERT ("ID", v) VALUES ("ID", v || UPPER(v));
-- > 1
SELECT * FROM dest;
-- > 2 | bB
MERGE INTO dest USING s ON s.id = dest.id WHEN MATCHED AND id > 1 THEN DELETE;
-- ! 002028
