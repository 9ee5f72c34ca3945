-- CREATE OR REPLACE TABLE … AS SELECT may read what it replaces, and where its query fails nothing has happened
CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
CREATE OR REPLACE TABLE t AS SELECT id, v, id * 10 AS ten FROM t WHERE id > 1;
SELECT * FROM t;
-- > 2 | b | 20
CREATE OR REPLACE TABLE t AS SELECT 1 / (id - 2) AS q FROM t;
-- ! Division by zero
SELECT * FROM t;
-- > 2 | b | 20
CREATE TABLE u AS SELECT 1 / (id - 2) AS q FROM t;
-- ! Division by zero
SELECT * FROM u;
-- ! Object 'DB.S.U' does not exist
-- a stream that the query reads is consumed with it, or not at all (reference B.4)
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (3, 'c', 30);
CREATE TABLE u AS SELECT 1 / (id - 3) AS q FROM st;
-- ! Division by zero
SELECT id FROM st;
-- > 3
CREATE TABLE u AS SELECT id FROM st;
SELECT id FROM u;
-- > 3
SELECT COUNT(*) FROM st;
-- > 0
-- the types are those that are declared
CREATE OR REPLACE TABLE u (id NUMBER(3,1), name VARCHAR(2)) AS SELECT id, v FROM t;
SELECT * FROM u;
-- > 2.0 | b
-- > 3.0 | c
CREATE OR REPLACE TABLE u (name VARCHAR(1)) AS SELECT 'too long';
-- ! too long
SELECT COUNT(*) FROM u;
-- > 2
