-- NULL in a row is equal to nothing, as anywhere.
CREATE TABLE t (a INT, b VARCHAR);
INSERT INTO t VALUES (1, 'x'), (2, NULL), (NULL, NULL);
SELECT (1, NULL) = (1, NULL), (1, 2) = (1, 2), (1, NULL) = (2, NULL), (1, 2) <> (1, 3), (1, NULL) <> (1, 2);
-- > NULL | True | False | True | NULL
SELECT COUNT(*) FROM t WHERE (a, b) IN ((2, NULL), (1, 'x'));
-- > 1
SELECT (a, b) IN ((2, NULL), (1, 'x')) FROM t ORDER BY a;
-- > True
-- > NULL
-- > NULL
SELECT COUNT(*) FROM t WHERE (a, b) NOT IN ((1, 'y'));
-- > 2
SELECT COUNT(*) FROM t AS p JOIN t AS q ON (p.a, p.b) = (q.a, q.b);
-- > 1
SELECT COUNT(*) FROM t WHERE (a, b) IN (SELECT a, b FROM t);
-- > 1
SELECT COUNT(*) FROM t WHERE (a, b) NOT IN (SELECT a, b FROM t);
-- ! not supported by the local account
SELECT (1, 2) < (1, 3);
-- ! a comparison of rows by another operator than = and IN
SELECT (1, 2) = (1, 2, 3);
-- ! rows of 2 and 3 values are compared
UPDATE t SET a = 99 WHERE (a, b) IN ((2, NULL));
-- > 0 | 0
DELETE FROM t WHERE (a, b) IN (SELECT a, b FROM t);
-- > 1
