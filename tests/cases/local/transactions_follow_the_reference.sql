CREATE TABLE t (id INT NOT NULL);
-- proves E.9 "| Isolation | READ COMMITTED; statement sees data as of its start plus own changes |"
-- proves E.9 "| nested BEGIN | ignored while one is active |"
BEGIN;
INSERT INTO t VALUES (1);
BEGIN;
SELECT COUNT(*) FROM t;
-- > 1
INSERT INTO t SELECT id + 10 FROM t;
SELECT COUNT(*) FROM t;
-- > 2
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 0
-- proves E.9 "| Autocommit | default on; each DML its own transaction |"
INSERT INTO t VALUES (1);
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 1
-- proves E.9 "| Failing statement | only itself is rolled back; transaction stays open"
BEGIN;
INSERT INTO t VALUES (2);
INSERT INTO t VALUES (3), (NULL);
-- ! 100072
INSERT INTO t VALUES (4);
COMMIT;
SELECT id FROM t ORDER BY id;
-- > 1
-- > 2
-- > 4
-- proves E.9 "| Procedures | transaction must start and end in the same procedure body; else rolled back and error."
CREATE PROCEDURE opens() RETURNS INT AS 'BEGIN BEGIN TRANSACTION; INSERT INTO t VALUES (5); RETURN 1; END';
CALL opens();
-- ! Scoped transaction started in stored procedure is incomplete and it was rolled back.
SELECT COUNT(*) FROM t;
-- > 3
CREATE PROCEDURE closes() RETURNS INT AS 'BEGIN COMMIT; RETURN 1; END';
BEGIN;
INSERT INTO t VALUES (6);
CALL closes();
-- ! Modifying a transaction that has started at a different scope is not allowed.
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 3
CREATE PROCEDURE both() RETURNS INT AS 'BEGIN BEGIN TRANSACTION; INSERT INTO t VALUES (7); COMMIT; RETURN 1; END';
CALL both();
-- > 1
BEGIN;
CALL both();
-- ! not supported by the local account: BEGIN in a procedure that was called within a transaction (Snowflake opens a separate one)
ROLLBACK;
-- proves E.9 "| AUTOCOMMIT | can't be changed in a procedure |"
CREATE PROCEDURE switches() RETURNS INT EXECUTE AS CALLER AS 'BEGIN ALTER SESSION SET AUTOCOMMIT = TRUE; RETURN 1; END';
CALL switches();
-- ! AUTOCOMMIT cannot be changed in a stored procedure.
ALTER SESSION SET AUTOCOMMIT = MAYBE;
-- ! not supported by the local account: session parameter AUTOCOMMIT = MAYBE
-- proves E.11 "Streams consumed per statement unless an explicit transaction is open."
CREATE STREAM st ON TABLE t;
CREATE TABLE taken (id INT);
INSERT INTO t VALUES (100);
BEGIN
  INSERT INTO taken SELECT id FROM st;
  RETURN (SELECT COUNT(*) FROM st);
END;
-- > 0
INSERT INTO t VALUES (101);
BEGIN
  BEGIN TRANSACTION;
  INSERT INTO taken SELECT id FROM st;
  LET inside INT := (SELECT COUNT(*) FROM st);
  COMMIT;
  RETURN inside || ' ' || (SELECT COUNT(*) FROM st);
END;
-- > 1 0
-- proves E.10 "| cursor.execute, JDBC, SQL API, Snowsight | fine (one statement) |"
BEGIN LET x := 1; RETURN x; END;
-- > 1
CREATE TASK tk SCHEDULE = '1 HOUR' AS BEGIN LET x := 1; INSERT INTO taken VALUES (:x); END;
-- > Task TK successfully created.
-- proves E.10 "->> (flow operator): SHOW .. ->> SELECT"
SHOW TABLES LIKE 'T' ->> SELECT "name" FROM $1;
-- > T
SELECT 1 AS a ->> SELECT 2 AS b ->> SELECT a + b FROM $1, $2;
-- > 3
SELECT 1 AS a ->> SELECT a FROM $2;
-- ! $2 names no statement of the chain
-- without autocommit the first DML begins a transaction, which ends with COMMIT, ROLLBACK or DDL
CREATE TABLE manual (id INT);
ALTER SESSION SET AUTOCOMMIT = FALSE;
INSERT INTO manual VALUES (1);
INSERT INTO manual VALUES ('x');
-- ! 100038
SELECT COUNT(*) FROM manual;
-- > 1
ROLLBACK;
SELECT COUNT(*) FROM manual;
-- > 0
INSERT INTO manual VALUES (2);
COMMIT;
INSERT INTO manual VALUES (3);
CREATE TABLE other (id INT);
ROLLBACK;
SELECT COUNT(*) FROM manual;
-- > 2
ALTER SESSION SET AUTOCOMMIT = TRUE;
INSERT INTO manual VALUES (4);
ROLLBACK;
SELECT COUNT(*) FROM manual;
-- > 3

-- a definition commits, also where there was nothing to define
CREATE TABLE committed (a INT);
BEGIN;
INSERT INTO committed VALUES (1);
DROP TABLE IF EXISTS nowhere;
ROLLBACK;
SELECT COUNT(*) FROM committed;
-- > 1
BEGIN;
INSERT INTO committed VALUES (2);
CREATE TABLE IF NOT EXISTS committed (b INT);
ROLLBACK;
SELECT COUNT(*) FROM committed;
-- > 2
BEGIN;
INSERT INTO committed VALUES (3);
ALTER SESSION SET QUERY_TAG = 'no definition';
ROLLBACK;
SELECT COUNT(*) FROM committed;
-- > 2
