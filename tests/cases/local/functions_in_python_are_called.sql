-- proves E.8 "| Python UDF | RUNTIME_VERSION 3.9 (deprecated)"
CREATE TABLE t (id INT, name VARCHAR, v VARIANT, price NUMBER(10,2), at TIMESTAMP_NTZ, d DATE, ok BOOLEAN);
INSERT INTO t SELECT 1, 'a', PARSE_JSON('{"k": [1, 2]}'), 1.25, '2026-01-02 03:04:05', '2026-01-02', TRUE;
INSERT INTO t (id) VALUES (2);
CREATE FUNCTION add_one(x INT) RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run(x):
    return None if x is None else x + 1
$$;
SELECT id, add_one(id), add_one(NULL) FROM t ORDER BY id;
-- > 1 | 2 | NULL
-- > 2 | 3 | NULL
SELECT SUM(add_one(id)) FROM t WHERE add_one(add_one(id)) = 3;
-- > 2
-- values arrive as what Python calls them
CREATE FUNCTION seen(a INT, b NUMBER(10,2), c VARCHAR, e VARIANT, f TIMESTAMP_NTZ, g DATE, h BOOLEAN, i FLOAT) RETURNS VARCHAR
  LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run(*values):
    return ', '.join(f"{type(value).__name__} {value}" for value in values)
$$;
SELECT seen(id, price, name, v, at, d, ok, 0.5) FROM t ORDER BY id;
-- > int 1, Decimal 1.25, str a, dict {'k': [1, 2]}, datetime 2026-01-02 03:04:05, date 2026-01-02, bool True, float 0.5
-- > int 2, NoneType None, NoneType None, NoneType None, NoneType None, NoneType None, NoneType None, float 0.5
-- and go back as the type that was declared
CREATE FUNCTION keys(o VARIANT) RETURNS ARRAY LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run(o):
    return sorted(o)
$$;
SELECT keys(v)[0]::VARCHAR FROM t WHERE id = 1;
-- > k
CREATE FUNCTION price_in(p NUMBER(10,2)) RETURNS NUMBER(10,1) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run(p):
    return float(p) * 2
$$;
SELECT price_in(1.25), price_in(1.27);
-- > 2.5 | 2.5
CREATE FUNCTION liar() RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run():
    return 1
$$;
SELECT liar();
-- ! a value of class int for VARCHAR
-- what it raises is the statement's error
-- proves E.6 "| 100357 (P0000) | Python interpreter error |"
CREATE FUNCTION fails(x INT) RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run(x):
    raise ValueError(f"no {x}")
$$;
SELECT fails(1);
-- ! 100357 (P0000): Python Interpreter Error:
SELECT fails(1);
-- ! ValueError: no 1  in function FAILS with handler run
INSERT INTO t (id) SELECT fails(id) FROM t;
-- ! 100357
SELECT COUNT(*) FROM t;
-- > 2
CREATE FUNCTION nobody(x INT) RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'somebody' AS $$
def run(x):
    return x
$$;
SELECT nobody(1);
-- ! Could not find handler somebody
CREATE FUNCTION foreign_one(x INT) RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' PACKAGES = ('no-such-package') AS $$
def run(x):
    return x
$$;
SELECT foreign_one(1);
-- ! package no-such-package, which is not installed
-- STRICT is not asked about NULL
CREATE FUNCTION strict_one(x INT) RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'run' STRICT AS $$
def run(x):
    return repr(x)
$$;
SELECT strict_one(NULL), strict_one(3);
-- > NULL | 3
-- in an open transaction, and after it
BEGIN;
CREATE OR REPLACE TEMPORARY TABLE unused (x INT);
SELECT add_one(5);
-- > 6
ROLLBACK;
SELECT add_one(6);
-- > 7
-- functions of rows: a class with `process`, and `end_partition` behind the last row
CREATE FUNCTION numbers(n INT, word VARCHAR) RETURNS TABLE (i INT, label VARCHAR, o VARIANT) LANGUAGE PYTHON RUNTIME_VERSION = '3.11'
  HANDLER = 'Numbers' AS $$
class Numbers:
    def __init__(self):
        self.seen = 0

    def process(self, n, word):
        for i in range(n):
            self.seen += 1
            yield (i, f"{word}{i}", {"i": i})

    def end_partition(self):
        yield (None, f"{self.seen} in all", None)
$$;
SELECT i, label, o:i::INT FROM TABLE(numbers(2, 'n')) ORDER BY label;
-- > NULL | 2 in all | NULL
-- > 0 | n0 | 0
-- > 1 | n1 | 1
CREATE TABLE made AS SELECT * FROM TABLE(numbers(1200, 'x')) WHERE i IS NOT NULL ORDER BY 1;
SELECT COUNT(*), MAX(i), COUNT(DISTINCT label) FROM made;
-- > 1200 | 1199 | 1200
INSERT INTO made SELECT * FROM TABLE(numbers(n => 1, word => 'y'));
SELECT COUNT(*) FROM made;
-- > 1202
CREATE FUNCTION narrow() RETURNS TABLE (a INT, b INT) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
class H:
    def process(self):
        yield (1,)
$$;
SELECT * FROM TABLE(narrow());
-- ! a tuple of 2 values
SELECT * FROM TABLE(s.nowhere(1));
-- !
-- in a procedure, with its variables
CREATE PROCEDURE fill(n INT) RETURNS INT AS $$
BEGIN
  LET x INT := add_one(:n);
  INSERT INTO made SELECT i, label, o FROM TABLE(numbers(:n, 'p')) WHERE i IS NOT NULL;
  x := x + add_one(1);
  RETURN x;
END $$;
CALL fill(3);
-- > 6
SELECT COUNT(*) FROM made WHERE label LIKE 'p%';
-- > 3
-- one that says IMMUTABLE may stand in the order of a window
SELECT id, SUM(id) OVER (ORDER BY add_one(id)) FROM t;
-- ! ORDER BY window expressions cannot be volatile
CREATE FUNCTION steady(x INT) RETURNS INT LANGUAGE PYTHON IMMUTABLE RUNTIME_VERSION = '3.11' HANDLER = 'run' AS $$
def run(x):
    return -x
$$;
SELECT id, SUM(id) OVER (ORDER BY steady(id)) FROM t ORDER BY id;
-- > 1 | 3
-- > 2 | 2
