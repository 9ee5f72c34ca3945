CREATE TABLE t (id INT, k VARCHAR, n NUMBER(10,2));
INSERT INTO t VALUES (1, 'a', 1.5), (2, 'a', 2.5), (3, 'b', 4), (4, NULL, 8), (5, 'None', 16);
CREATE FUNCTION run(n NUMBER(10,2)) RETURNS TABLE (total NUMBER(12,2), what VARCHAR) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
from decimal import Decimal
class H:
    def __init__(self): self.sum = Decimal(0)
    def process(self, n):
        self.sum += n
        yield (self.sum, 'row')
    def end_partition(self):
        yield (self.sum, 'end')
$$;
CREATE FUNCTION times(n INT, w VARCHAR) RETURNS TABLE (i INT, word VARCHAR) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
class H:
    def process(self, n, w):
        return [(i, w) for i in range(n)]
$$;
-- proves E.8 "| Python UDTF | class: __init__ per partition"
-- a handler for each partition, its rows in the order of the window; rows of end_partition know only the partition
SELECT t.id, t.k, x.total, x.what FROM t, TABLE(run(t.n) OVER (PARTITION BY t.k ORDER BY t.id DESC)) AS x ORDER BY t.k NULLS FIRST, total, what DESC;
-- > 4 | NULL | 8.00 | row
-- > NULL | NULL | 8.00 | end
-- > 5 | None | 16.00 | row
-- > NULL | None | 16.00 | end
-- > 2 | a | 2.50 | row
-- > 1 | a | 4.00 | row
-- > NULL | a | 4.00 | end
-- > 3 | b | 4.00 | row
-- > NULL | b | 4.00 | end
SELECT id, total, what FROM t, TABLE(run(n) OVER (PARTITION BY 1 ORDER BY id)) WHERE total > 10 ORDER BY total, what;
-- > 4 | 16.00 | row
-- > NULL | 32.00 | end
-- > 5 | 32.00 | row
SELECT COUNT(*) FROM t, TABLE(run(t.n));
-- ! RUN, which has end_partition, without OVER
CREATE FUNCTION alone(n INT) RETURNS TABLE (count INT) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
class H:
    def __init__(self): self.count = 0
    def process(self, n):
        self.count += 1
        return [(self.count,)] if n != 2 else None
$$;
SELECT id, count FROM t, TABLE(alone(t.id)) WHERE id < 4 ORDER BY id;
-- > 1 | 1
-- > 3 | 1
-- without OVER each row stands beside what was made of it, and one without rows is gone
SELECT * FROM t, TABLE(times(t.id - 1, t.k)) x WHERE id < 4 ORDER BY id, i;
-- > 2 | a | 2.50 | 0 | a
-- > 3 | b | 4.00 | 0 | b
-- > 3 | b | 4.00 | 1 | b
SELECT t.*, x.i AS j FROM t CROSS JOIN TABLE(times(id, k)) x WHERE x.i > 3;
-- > 5 | None | 16.00 | 4
SELECT x.*, u FROM (SELECT 2 AS a) AS q, LATERAL TABLE(times(q.a, 'w')) x(u, v);
-- > 0 | w | 0
-- > 1 | w | 1
WITH c AS (SELECT id, n FROM t WHERE id < 3) SELECT c.id, total FROM c, TABLE(run(c.n) OVER (ORDER BY c.id)) WHERE what = 'row' ORDER BY id;
-- > 1 | 1.50
-- > 2 | 4.00
SELECT (SELECT MAX(x.i) FROM t AS u, TABLE(times(u.id, u.k)) x) AS m;
-- > 4
-- a view calls each time it is read, and a stream is consumed
CREATE VIEW v AS SELECT t.id, x.i FROM t, TABLE(times(t.id, t.k)) x;
SELECT COUNT(*) FROM v;
-- > 15
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (6, 'z', 1);
SELECT COUNT(*) FROM v;
-- > 21
CREATE TABLE got (id INT, i INT, act VARCHAR);
INSERT INTO got SELECT st.id, x.i, METADATA$ACTION FROM st, TABLE(times(st.id, st.k)) x;
SELECT COUNT(*), SUM(i), MIN(act) FROM got;
-- > 6 | 15 | INSERT
SELECT COUNT(*) FROM st;
-- > 0
-- what is not understood is refused
SELECT * FROM t a, t b, TABLE(times(a.id, b.k));
-- ! does not stand behind one relation
SELECT a.id FROM t AS a, TABLE(times(a.id, a.k)) AS x(id, w);
-- ! ID both of the relation and of table function
SELECT a.id FROM t AS a LEFT JOIN TABLE(times(a.id, a.k)) AS x ON TRUE;
-- ! in a join with conditions
SELECT a.id FROM t AS a, TABLE(times(a.id, a.k)) AS x(one);
-- ! 1 names for 2 columns
CREATE FUNCTION strict_times(n INT) RETURNS TABLE (i INT) LANGUAGE PYTHON STRICT RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
class H:
    def process(self, n): yield (n,)
$$;
SELECT * FROM t, TABLE(strict_times(t.id));
-- ! RETURNS NULL ON NULL INPUT
CREATE FUNCTION twice(n INT) RETURNS TABLE (m INT) AS 'SELECT n * 2';
SELECT t.id, m FROM t, TABLE(twice(t.id)) WHERE m > 10;
-- > 6 | 12
SELECT a.i, b.i, b.word FROM TABLE(times(1, 'x')) a, TABLE(times(2, 'y') OVER (PARTITION BY 1)) b ORDER BY b.i;
-- > 0 | 0 | y
-- > 0 | 1 | y
CREATE FUNCTION fails(n INT) RETURNS TABLE (i INT) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
class H:
    def process(self, n): yield (1 // (n - 3),)
$$;
SELECT * FROM t, TABLE(fails(t.id));
-- ! 100357
