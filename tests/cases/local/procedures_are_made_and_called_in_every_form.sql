CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- proves E.7 "CREATE [OR REPLACE | OR ALTER] [SECURE] [TEMP[ORARY]] PROCEDURE [IF NOT EXISTS] n"
-- proves E.7 "[ {CALLED ON NULL INPUT | RETURNS NULL ON NULL INPUT | STRICT} ] [ VOLATILE | IMMUTABLE (ignored) ] [COMMENT = '..']"
CREATE SECURE PROCEDURE p(IN x INT, y INT DEFAULT 10) RETURNS INT NOT NULL LANGUAGE SQL CALLED ON NULL INPUT VOLATILE COMMENT = 'c' EXECUTE AS OWNER
  AS 'BEGIN RETURN x + y; END';
-- > Function P successfully created.
CREATE PROCEDURE IF NOT EXISTS p(x INT, y INT) RETURNS INT AS 'BEGIN RETURN 0; END';
-- > P already exists, statement succeeded.
CREATE TEMPORARY PROCEDURE q(x INT) RETURNS INT STRICT IMMUTABLE AS 'BEGIN RETURN NVL(x, 5); END';
CALL q(NULL);
-- > NULL
CALL q(1);
-- > 1
CREATE OR REPLACE PROCEDURE q(x INT) RETURNS INT RETURNS NULL ON NULL INPUT AS 'BEGIN RETURN 7; END';
CALL q(NULL);
-- > NULL
CALL p(NULL);
-- ! 100072
-- proves E.7 "RETURNS { type [NOT NULL] | TABLE ( [col type, ..] ) }"
CREATE PROCEDURE rows_of() RETURNS TABLE (id INT, v VARCHAR) AS $$ DECLARE r RESULTSET := (SELECT id, v FROM t ORDER BY id); BEGIN RETURN TABLE(r); END $$;
CALL rows_of();
-- > 1 | a
-- > 2 | b
-- proves E.6 "| 090207 (42601) | declared return type incompatible |"
CREATE PROCEDURE other_rows() RETURNS TABLE (id INT) AS $$ DECLARE r RESULTSET := (SELECT id, v FROM t); BEGIN RETURN TABLE(r); END $$;
CALL other_rows();
-- ! 090207 (42601)
CREATE PROCEDURE no_rows() RETURNS INT AS $$ DECLARE r RESULTSET := (SELECT id FROM t); BEGIN RETURN TABLE(r); END $$;
CALL no_rows();
-- ! 090207 (42601)
-- proves E.7 "| RETURNS TABLE() | empty list = columns decided at run |"
CREATE PROCEDURE any_rows(q VARCHAR) RETURNS TABLE() AS $$ DECLARE r RESULTSET; BEGIN r := (EXECUTE IMMEDIATE :q); RETURN TABLE(r); END $$;
CALL any_rows('SELECT 1 AS x, 2 AS y');
-- > 1 | 2
CALL any_rows('SELECT v FROM t ORDER BY v');
-- > a
-- > b
-- proves E.7 "| Return without RETURN | NULL |"
CREATE PROCEDURE nothing() RETURNS VARCHAR AS 'BEGIN NULL; END';
CALL nothing();
-- > NULL
-- refuses E.7 "[ LANGUAGE { SQL | PYTHON | JAVASCRIPT | JAVA | SCALA } ] -- SQL if omitted"
-- refuses E.7 "-- python/java/scala: RUNTIME_VERSION, PACKAGES, [IMPORTS], HANDLER"
CREATE PROCEDURE js() RETURNS INT LANGUAGE JAVASCRIPT AS 'return 1';
CALL js();
-- ! not supported by the local account: calling a procedure in JAVASCRIPT
CREATE PROCEDURE py() RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('nowhere-to-be-found', 'snowflake-snowpark-python') HANDLER = 'f' AS 'def f(session): return 1';
CALL py();
-- ! not supported by the local account: package nowhere-to-be-found, which is not installed
CREATE PROCEDURE sc() RETURNS INT LANGUAGE SCALA RUNTIME_VERSION = '2.12' PACKAGES = ('com.snowflake:snowpark:latest') HANDLER = 'f' AS 'object f';
CALL sc();
-- ! not supported by the local account: calling a procedure in SCALA
-- refuses E.7 "[ EXECUTE AS { OWNER | CALLER | RESTRICTED CALLER } ] -- OWNER"
-- refuses E.7 "| RESTRICTED CALLER | caller's privileges intersected with caller grants |"
CREATE PROCEDURE restricted() RETURNS INT EXECUTE AS RESTRICTED CALLER AS 'BEGIN RETURN 1; END';
CALL restricted();
-- ! not supported by the local account: calling a procedure with EXECUTE AS RESTRICTED CALLER
-- proves E.7 "AS <body>"
-- proves E.7 "| Body | $$..$$, '..' (quotes doubled), or for SQL a bare block."
CREATE PROCEDURE dollars() RETURNS VARCHAR AS $$ BEGIN RETURN 'it''s'; END $$;
CREATE PROCEDURE quotes() RETURNS VARCHAR AS 'BEGIN RETURN ''it''''s''; END';
CREATE PROCEDURE bare() RETURNS VARCHAR AS BEGIN LET x := 'it''s'; RETURN x; END;
CALL dollars();
-- > it's
CALL quotes();
-- > it's
CALL bare();
-- > it's
-- proves E.7 "| Args | <= 500; DEFAULT args last; call by position or name => v; an overload that could be hidden by defaults is refused |"
CALL p(1);
-- > 11
CALL p(y => 2, x => 1);
-- > 3
CALL p(1, y => 5);
-- > 6
CREATE PROCEDURE wrong(a INT DEFAULT 1, b INT) RETURNS INT AS 'BEGIN RETURN 1; END';
-- ! arguments with a default stand behind those without
CREATE PROCEDURE wrong(a INT, A INT) RETURNS INT AS 'BEGIN RETURN 1; END';
-- ! two arguments have the same name
CREATE PROCEDURE p(x INT) RETURNS INT AS 'BEGIN RETURN 1; END';
-- ! procedure DB.S.P has an overload that takes (NUMBER) as well
-- proves E.7 "| OUT | SQL only, no default, not part of overload resolution |"
CREATE PROCEDURE outs(x INT, OUT doubled INT, OUT word VARCHAR) RETURNS VARCHAR AS 'BEGIN doubled := x * 2; word := ''w''; RETURN ''done''; END';
CREATE PROCEDURE outs(x INT, OUT other VARCHAR) RETURNS INT AS 'BEGIN RETURN 1; END';
-- ! 002002
DECLARE d INT; w VARCHAR; r VARCHAR;
BEGIN
  CALL outs(21, :d, :w) INTO :r;
  RETURN d || w || r;
END;
-- > 42wdone
CALL outs(21, 5, 6);
-- ! an OUT argument is a variable of a block
DROP PROCEDURE outs(INT);
-- > OUTS successfully dropped.
-- proves E.7 "| Names in commands | DROP/DESCRIBE/GRANT/ALTER need the argument types, not names |"
DESCRIBE PROCEDURE p(INT, INT) ->> SELECT "value" FROM $1 WHERE "property" = 'returns';
-- > NUMBER(38,0) NOT NULL
DESCRIBE PROCEDURE p(INT);
-- ! 002003
CREATE ROLE r;
GRANT USAGE ON PROCEDURE p(NUMBER, NUMBER) TO ROLE r;
-- > Statement executed successfully.
ALTER PROCEDURE p(NUMBER, NUMBER) SET COMMENT = 'new';
-- > Statement executed successfully.
ALTER PROCEDURE p(x, y) SET COMMENT = 'new';
-- !
DROP PROCEDURE p;
-- !
-- proves E.7 "| OWNER rights | owner's privileges; current db/schema = the procedure's;"
CREATE SCHEMA elsewhere;
USE SCHEMA s;
SET mine = 1;
CREATE PROCEDURE elsewhere.owner_sees() RETURNS VARCHAR AS $$ BEGIN RETURN CURRENT_SCHEMA(); END $$;
CREATE PROCEDURE elsewhere.owner_asks() RETURNS VARCHAR AS $$ BEGIN RETURN $mine; END $$;
CREATE PROCEDURE elsewhere.owner_sets() RETURNS VARCHAR AS $$ BEGIN SET mine = 2; END $$;
CREATE PROCEDURE elsewhere.owner_alters() RETURNS VARCHAR AS $$ BEGIN ALTER SESSION SET QUERY_TAG = 'x'; END $$;
CALL elsewhere.owner_sees();
-- > ELSEWHERE
CALL elsewhere.owner_asks();
-- ! Session variable '$MINE' does not exist
CALL elsewhere.owner_sets();
-- ! Unsupported statement type 'SET'
CALL elsewhere.owner_alters();
-- ! Unsupported statement type 'ALTER SESSION'
-- proves E.7 "| CALLER rights | caller's role, db, schema, variables |"
CREATE PROCEDURE elsewhere.caller_sees() RETURNS VARCHAR EXECUTE AS CALLER AS $$ BEGIN RETURN CURRENT_ROLE() || CURRENT_SCHEMA() || $mine; END $$;
CALL elsewhere.caller_sees();
-- > ACCOUNTADMINS1
-- proves E.7 "| Nested procedure | in DECLARE; may read and change variables declared before it (not LET ones); no overload, OUT, defaults, named args, ASYNC |"
DECLARE
  total INT DEFAULT 0;
  add_to PROCEDURE (x INT) RETURNS INT AS
  BEGIN
    total := total + x;
    RETURN total;
  END;
  later INT DEFAULT 5;
  peeks PROCEDURE () RETURNS INT AS BEGIN RETURN later; END;
  n INT;
BEGIN
  CALL add_to(5);
  CALL add_to(total + 1) INTO :n;
  LET rs RESULTSET := (CALL peeks());
  FOR r IN rs DO n := n + r.peeks; END FOR;
  RETURN total || ' ' || n;
END;
-- > 11 16
DECLARE
  rows_of PROCEDURE (x INT) RETURNS TABLE (id INT) AS
  BEGIN
    LET r RESULTSET := (SELECT id FROM t WHERE id = :x);
    RETURN TABLE(r);
  END;
BEGIN
  LET rs RESULTSET := (CALL rows_of(2));
  FOR r IN rs DO RETURN r.id; END FOR;
END;
-- > 2
EXECUTE IMMEDIATE $$
DECLARE
  peeks PROCEDURE () RETURNS INT AS BEGIN RETURN later; END;
  later INT DEFAULT 5;
BEGIN
  LET made := 1;
  CALL peeks();
END $$;
-- ! 000904
DECLARE
  one PROCEDURE (x INT) RETURNS INT AS BEGIN RETURN x; END;
BEGIN
  CALL one(x => 1);
END;
-- ! 002003
EXECUTE IMMEDIATE $$ DECLARE one PROCEDURE (x INT DEFAULT 1) RETURNS INT AS BEGIN RETURN x; END; BEGIN CALL one(); END $$;
-- ! takes no OUT arguments and no defaults
DECLARE
  fails PROCEDURE () RETURNS INT AS BEGIN SELECT 1 / 0; END;
BEGIN
  CALL fails();
EXCEPTION
  WHEN STATEMENT_ERROR THEN RETURN SQLCODE;
END;
-- > 100051
-- proves E.7 "| Anonymous | WITH p AS PROCEDURE (..) RETURNS .. LANGUAGE .. AS '..' CALL p(..) [INTO :v]"
WITH half AS PROCEDURE (x INT) RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN x / 2; END' CALL half(10);
-- > 5
WITH both AS PROCEDURE () RETURNS TABLE (id INT) AS $$ DECLARE r RESULTSET := (SELECT id FROM t ORDER BY id); BEGIN RETURN TABLE(r); END $$ CALL both();
-- > 1
-- > 2
BEGIN
  LET n INT := 0;
  WITH half AS PROCEDURE (x INT) RETURNS INT AS 'BEGIN RETURN x / 2; END' CALL half(20) INTO :n;
  RETURN n;
END;
-- > 10
CALL half(10);
-- ! 002141
-- proves E.7 "| CREATE OR ALTER | changes body, comment, execute as, etc.; argument or return type changes create another overload or fail |"
CREATE OR ALTER PROCEDURE bare() RETURNS VARCHAR COMMENT = 'c' EXECUTE AS CALLER AS 'BEGIN RETURN ''changed''; END';
CALL bare();
-- > changed
CREATE OR ALTER PROCEDURE bare() RETURNS INT AS 'BEGIN RETURN 1; END';
-- ! CREATE OR ALTER cannot change what procedure BARE returns
CREATE OR ALTER PROCEDURE bare(x INT) RETURNS INT AS 'BEGIN RETURN 2; END';
CALL bare(1);
-- > 2
CALL bare();
-- > changed
-- proves E.7 "| Compile check | syntax and types of the block are checked at CREATE; objects named in it are not |"
CREATE PROCEDURE broken() RETURNS INT AS 'BEGIN LET x := ; IF END';
-- ! 001003
CREATE PROCEDURE broken() RETURNS INT AS 'DECLARE x NUMERAL; BEGIN RETURN 1; END';
-- ! unknown data type
CREATE PROCEDURE late() RETURNS INT AS 'BEGIN RETURN (SELECT COUNT(*) FROM not_there); END';
-- > Function LATE successfully created.
