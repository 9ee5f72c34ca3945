CREATE TABLE t (id INT, v VARCHAR);
CREATE TABLE other (id INT, v VARCHAR);
CREATE TABLE sink (n INT, v VARCHAR);
INSERT INTO other VALUES (7, 'seven');
CREATE STREAM st ON TABLE t;
INSERT INTO sink SELECT id, v FROM st;
-- > 0
INSERT INTO sink SELECT st.id, o.v FROM st JOIN other o ON o.id = st.id;
-- > 0
INSERT INTO sink SELECT id, COUNT(*) FROM st GROUP BY id;
-- > 0
INSERT INTO sink SELECT id, v FROM other WHERE EXISTS (SELECT 1 FROM st WHERE st.id = other.id) AND id > 0;
-- > 0
INSERT INTO sink WITH a AS (SELECT id FROM st) SELECT id, v FROM other WHERE id IN (SELECT id FROM a);
-- > 0
MERGE INTO sink USING (SELECT id, v FROM st) s ON sink.n = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v);
-- > 0
-- an aggregate of nothing is a row
INSERT INTO sink SELECT COUNT(*), 'count' FROM st;
-- > 1
INSERT INTO sink SELECT MAX(id), 'max' FROM st HAVING COUNT(*) = 0;
-- > 1
INSERT INTO sink WITH a AS (SELECT COUNT(*) AS n FROM st) SELECT n, 'cte' FROM a;
-- > 1
INSERT INTO sink SELECT n, 'sub' FROM (SELECT COUNT(*) AS n FROM st);
-- > 1
INSERT INTO sink SELECT COUNT(*), 'sets' FROM st GROUP BY GROUPING SETS ((id), ());
-- > 1
-- rows of the other side stay
INSERT INTO sink SELECT o.id, 'right' FROM st RIGHT JOIN other o ON o.id = st.id;
-- > 1
INSERT INTO sink SELECT o.id, 'full' FROM st FULL JOIN other o ON o.id = st.id;
-- > 1
INSERT INTO sink SELECT o.id, 'left' FROM other o LEFT JOIN st ON o.id = st.id;
-- > 1
INSERT INTO sink SELECT id, 'union' FROM st UNION ALL SELECT id, 'union' FROM other;
-- > 1
INSERT INTO sink SELECT id, 'not exists' FROM other WHERE NOT EXISTS (SELECT 1 FROM st);
-- > 1
INSERT INTO sink SELECT id, 'not in' FROM other WHERE id NOT IN (SELECT id FROM st);
-- > 1
INSERT INTO sink SELECT id, 'or' FROM other WHERE id = 7 OR EXISTS (SELECT 1 FROM st);
-- > 1
INSERT INTO sink WITH st AS (SELECT id FROM other) SELECT id, 'shadow' FROM st;
-- > 1
MERGE INTO sink USING (SELECT COUNT(*) AS n FROM st) s ON sink.v = 'merge' WHEN NOT MATCHED THEN INSERT VALUES (s.n, 'merge');
-- > 1
SELECT LISTAGG(v, ', ') WITHIN GROUP (ORDER BY v) FROM sink;
-- > count, cte, full, left, max, merge, not exists, not in, or, right, sets, shadow, sub, union
-- a view over the stream with an aggregate is no stream
CREATE VIEW counted AS SELECT COUNT(*) AS n FROM st;
INSERT INTO sink SELECT n, 'view' FROM counted;
-- > 1
-- consumed, though there was nothing: what came before is not delivered later
INSERT INTO t VALUES (1, 'one');
INSERT INTO sink SELECT id, v FROM st;
-- > 1
BEGIN;
INSERT INTO t VALUES (2, 'two');
INSERT INTO sink SELECT id, v FROM st;
-- > 0
COMMIT;
INSERT INTO sink SELECT id, v FROM st;
-- > 1
