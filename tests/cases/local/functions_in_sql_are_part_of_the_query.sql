-- proves E.8 "| SQL UDF | AS 'expr' / $$ expr $$ single expression or query"
-- proves E.8 "| SQL UDTF | RETURNS TABLE(..) AS 'query' |"
-- proves E.8 "| Volatility | VOLATILE default; IMMUTABLE; MEMOIZABLE"
CREATE TABLE t (id INT, name VARCHAR, price NUMBER(10,2));
INSERT INTO t VALUES (1, 'a', 10.50), (2, 'b', 3.25), (3, NULL, NULL);
CREATE FUNCTION area(r FLOAT) RETURNS FLOAT AS 'PI() * r * r';
SELECT ROUND(area(2), 4)::NUMBER(10,4);
-- > 12.5664
CREATE FUNCTION doubled(x NUMBER(10,2)) RETURNS NUMBER(12,2) AS $$ x * 2 $$;
SELECT id, doubled(price), doubled(doubled(price)) FROM t ORDER BY id;
-- > 1 | 21.00 | 42.00
-- > 2 | 6.50 | 13.00
-- > 3 | NULL | NULL
SELECT SUM(doubled(price)) FROM t WHERE doubled(price) > 7 GROUP BY doubled(id) ORDER BY 1;
-- > 21.00
-- the argument and the result have the types that were declared
CREATE FUNCTION whole(x INT) RETURNS INT AS 'x / 2';
SELECT whole(2.6), whole('4');
-- > 2 | 2
-- an argument hides a column of the query that calls
SELECT doubled(x => id) FROM t ORDER BY id;
-- > 2.00
-- > 4.00
-- > 6.00
CREATE FUNCTION greeting(name VARCHAR, word VARCHAR DEFAULT 'hello') RETURNS VARCHAR AS $$ word || ' ' || UPPER(name) $$;
SELECT greeting(name), greeting(name, 'bye') FROM t WHERE id = 1;
-- > hello A | bye A
SELECT greeting();
-- ! 001044
SELECT greeting('a', 'b', 'c');
-- ! 001044
-- STRICT gives NULL without asking
CREATE FUNCTION strict_one(x INT) RETURNS INT STRICT AS 'COALESCE(x, 7)';
CREATE FUNCTION lax_one(x INT) RETURNS INT AS 'COALESCE(x, 7)';
SELECT strict_one(NULL), lax_one(NULL);
-- > NULL | 7
-- a body that is a query; its tables are those of the function's schema
CREATE FUNCTION dearest() RETURNS NUMBER(10,2) AS 'SELECT MAX(price) FROM t';
CREATE FUNCTION price_of(which INT) RETURNS NUMBER(10,2) AS 'SELECT MAX(price) FROM t WHERE id = which';
CREATE SCHEMA elsewhere;
SELECT db.s.dearest(), s.price_of(2);
-- > 10.50 | 3.25
USE SCHEMA s;
SELECT a.id, price_of(a.id) FROM t a ORDER BY a.id;
-- > 1 | 10.50
-- > 2 | 3.25
-- > 3 | NULL
-- where a column could be taken for one of the function's own query, it is refused
SELECT price_of(id) FROM t;
-- ! write it with an alias of its own
SELECT price_of(t.id) FROM t;
-- ! write it with an alias of its own
CREATE FUNCTION unclear(id INT) RETURNS INT AS 'SELECT MAX(price) FROM t WHERE id = id';
SELECT unclear(1);
-- ! an argument of DB.S.UNCLEAR with the name of a column that it reads: ID
-- what is wrong with the body is told at CREATE
CREATE FUNCTION wrong(x INT) RETURNS INT AS 'x + nowhere';
-- ! 000904
CREATE FUNCTION wrong(x INT) RETURNS INT AS 'SELECT COUNT(*) FROM nowhere';
-- ! 002003
CREATE FUNCTION wrong(x INT) RETURNS INT AS 'x +';
-- ! 001003
-- a function that was replaced or dropped is not what it was
CREATE FUNCTION version() RETURNS VARCHAR AS $$ 'one' $$;
SELECT version();
-- > one
CREATE OR REPLACE FUNCTION version() RETURNS VARCHAR AS $$ 'two' $$;
SELECT version();
-- > two
DROP FUNCTION version();
SELECT version();
-- ! function VERSION
SELECT s.version();
-- ! 002141
-- a built-in function goes before one of that name, unless the schema is named
CREATE FUNCTION upper(x VARCHAR) RETURNS VARCHAR AS $$ 'mine' $$;
SELECT UPPER('a');
-- > A
SELECT s.upper('a');
-- > mine
-- overloads are told apart by how many arguments they take
CREATE FUNCTION many(x INT) RETURNS INT AS 'x';
CREATE FUNCTION many(x INT, y INT) RETURNS INT AS 'x + y';
SELECT many(1), many(1, 2);
-- > 1 | 3
CREATE FUNCTION many(x VARCHAR) RETURNS INT AS '0';
SELECT many(1);
-- ! choosing between the overloads
CREATE FUNCTION circle(x INT) RETURNS INT AS 'x';
CREATE OR REPLACE FUNCTION circle(x INT) RETURNS INT AS 'circle(x)';
SELECT circle(1);
-- ! more than 50 deep
-- what answers anew each time cannot stand in two places
CREATE FUNCTION both(x INT) RETURNS INT AS 'x - x';
SELECT both(RANDOM());
-- ! new each time
CREATE SEQUENCE counter;
SELECT both(counter.NEXTVAL);
-- ! new each time
CREATE FUNCTION anew() RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'h' AS $$
import itertools
count = itertools.count()
def h(): return next(count)
$$;
SELECT both(anew());
-- ! new each time
SELECT both((SELECT anew()));
-- ! new each time
CREATE FUNCTION after(x INT) RETURNS INT STRICT AS 'x + 1';
SELECT after(anew());
-- ! new each time
CREATE FUNCTION same() RETURNS INT LANGUAGE PYTHON IMMUTABLE RUNTIME_VERSION = '3.11' HANDLER = 'h' AS $$
def h(): return 4
$$;
SELECT both(same()), after(same());
-- > 0 | 5
-- in a view, a dynamic table, DML and a task's WHEN a call is what it is in a query
CREATE VIEW v AS SELECT id, doubled(price) AS d FROM t;
SELECT d FROM v WHERE id = 1;
-- > 21.00
CREATE DYNAMIC TABLE dt SCHEDULER = DISABLE WAREHOUSE = w AS SELECT id, doubled(price) AS d FROM t;
SELECT COUNT(d) FROM dt;
-- > 2
CREATE DYNAMIC TABLE dt_full SCHEDULER = DISABLE WAREHOUSE = w AS SELECT a.id, price_of(a.id) AS d FROM t a;
SHOW DYNAMIC TABLES LIKE 'DT%';
SELECT "name", "refresh_mode" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > DT | INCREMENTAL
-- > DT_FULL | FULL
UPDATE t SET price = doubled(price) WHERE id = 2;
SELECT price FROM t WHERE id = 2;
-- > 6.50
-- functions of rows
CREATE FUNCTION dearer(than NUMBER(10,2)) RETURNS TABLE (which INT, price VARCHAR) AS 'SELECT id, price FROM t x WHERE x.price > than';
CREATE FUNCTION cheaper(price NUMBER(10,2)) RETURNS TABLE (which INT) AS 'SELECT id FROM t x WHERE x.price < price';
SELECT * FROM TABLE(cheaper(1));
-- ! with the name of a column
CREATE FUNCTION above(floor_price NUMBER(10,2)) RETURNS TABLE (which INT, label VARCHAR) AS 'SELECT id, name FROM t x WHERE x.price > floor_price';
SELECT which, label FROM TABLE(above(7)) ORDER BY which;
-- > 1 | a
SELECT f.which + 1 FROM TABLE(s.above(0)) f ORDER BY 1;
-- > 2
-- > 3
SELECT t.id, f.label FROM t, TABLE(above(t.price - 1)) f ORDER BY t.id, label;
-- > 1 | a
-- > 2 | a
-- > 2 | b
SELECT t.id, f.which FROM t CROSS JOIN TABLE(above(t.price)) AS f ORDER BY 1, 2;
-- > 2 | 1
SELECT * FROM TABLE(above(7)) a, TABLE(above(7)) b;
-- > 1 | a | 1 | a
SELECT * FROM t, TABLE(above(price));
-- ! write it with an alias of its own
SELECT * FROM TABLE(above(1) OVER (PARTITION BY 1));
-- ! with OVER
SELECT above(1);
-- ! 001044
SELECT * FROM TABLE(doubled(1));
-- ! 001044
CREATE FUNCTION js(x FLOAT) RETURNS FLOAT LANGUAGE JAVASCRIPT AS 'return X;';
SELECT js(1);
-- ! calling a function in JAVASCRIPT
CREATE FUNCTION remembered(x INT) RETURNS INT MEMOIZABLE AS 'x + 1';
SELECT remembered(1);
-- > 2
CREATE FUNCTION scripted(x INT) RETURNS INT AS 'BEGIN RETURN x; END';
SELECT scripted(1);
-- ! a function whose body is a block
-- a view calls the functions that are there when it is read, with the rights of its owner, and so does a view on it
CREATE FUNCTION step(x INT) RETURNS INT AS 'x + 1';
CREATE VIEW steps AS SELECT step(1) AS a;
CREATE VIEW doubled_steps AS SELECT a * 2 AS b FROM steps;
CREATE OR REPLACE FUNCTION step(x INT) RETURNS INT AS 'x + 7';
SELECT a, b FROM steps, doubled_steps;
-- > 8 | 16
CREATE STREAM on_steps ON VIEW steps;
-- ! a stream on view DB.S.STEPS
DROP FUNCTION step(INT);
SELECT a FROM steps;
-- ! function STEP
