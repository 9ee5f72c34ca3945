CREATE TABLE t (id INT);
CREATE PROCEDURE add_one(x INT) RETURNS INT AS 'BEGIN RETURN x + 1; END';
CALL add_one(1);
-- > 2
CALL add_one(x => 5);
-- > 6
CALL add_one('7');
-- > 8
CALL add_one();
-- ! 002141
CALL add_one(1, 2);
-- ! 002141
CALL add_one('x');
-- ! 100038
CALL nope();
-- ! 002141
CREATE PROCEDURE defaults(a INT, b VARCHAR DEFAULT 'dflt') RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN a || b; END $$;
CALL defaults(1);
-- > 1dflt
CALL defaults(1, 'x');
-- > 1x
CALL defaults(b => 'y', a => 2);
-- > 2y
CREATE PROCEDURE tab() RETURNS TABLE (n INT) AS $$ DECLARE rs RESULTSET; BEGIN rs := (SELECT 1 AS n UNION ALL SELECT 2); RETURN TABLE(rs); END $$;
CALL tab();
-- > 1
-- > 2
CREATE PROCEDURE nothing() RETURNS INT AS 'BEGIN NULL; END';
CALL nothing();
-- > NULL
BEGIN
  LET r INT := 0;
  CALL add_one(41) INTO :r;
  RETURN r;
END;
-- > 42
BEGIN
  LET a := 10;
  CALL add_one(:a);
  LET rs RESULTSET := (CALL add_one(:a + 1));
  FOR r IN rs DO RETURN r.add_one; END FOR;
END;
-- > 12
CREATE PROCEDURE add_one(x INT) RETURNS INT AS 'BEGIN RETURN 0; END';
-- ! 002002
CREATE OR REPLACE PROCEDURE add_one(x INT) RETURNS INT AS 'BEGIN RETURN x + 100; END';
CALL add_one(1);
-- > 101
CREATE PROCEDURE add_one(x VARCHAR) RETURNS VARCHAR AS 'BEGIN RETURN ''text''; END';
-- proves E.7 "| Overloading | by argument types"
CALL add_one(1);
-- > 101
CALL add_one('1');
-- > text
CALL add_one(1.5);
-- > 102
CALL add_one(TRUE);
-- ! not supported by the local account: choosing between the overloads
CREATE PROCEDURE add_one(x NUMBER(5, 2)) RETURNS INT AS 'BEGIN RETURN 0; END';
-- ! 002002
CREATE PROCEDURE broken() RETURNS INT AS 'BEGIN IF (1 = 1) THEN RETURN 1; END';
-- ! 001003
CREATE PROCEDURE late() RETURNS INT AS 'BEGIN RETURN (SELECT COUNT(*) FROM not_there_yet); END';
CALL late();
-- ! 002003
CREATE TABLE not_there_yet (id INT);
CALL late();
-- > 0
CREATE PROCEDURE typed(x INT) RETURNS VARCHAR AS 'BEGIN RETURN x; END';
CALL typed(5);
-- > 5
CREATE PROCEDURE rounded() RETURNS INT AS 'BEGIN RETURN 1.6; END';
CALL rounded();
-- > 2
CREATE PROCEDURE words() RETURNS INT AS $$ BEGIN RETURN 'abc'; END $$;
CALL words();
-- ! 100038
CREATE PROCEDURE py() RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('nowhere-to-be-found') HANDLER = 'f' AS 'def f(s): return 1';
CALL py();
-- ! package nowhere-to-be-found, which is not installed
DROP PROCEDURE add_one(INT);
CALL add_one('q');
-- > text
DROP PROCEDURE add_one(INT);
-- ! 002003
CREATE SCHEMA other;
CREATE PROCEDURE where_am_i() RETURNS VARCHAR AS 'BEGIN RETURN CURRENT_SCHEMA(); END';
USE SCHEMA s;
CALL other.where_am_i();
-- > OTHER
CREATE PROCEDURE caller() RETURNS VARCHAR EXECUTE AS CALLER AS 'BEGIN RETURN CURRENT_SCHEMA(); END';
USE SCHEMA other;
CALL s.caller();
-- > OTHER
