CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- proves E.2 "| LET | LET x [type] {:= | DEFAULT} expr;"
BEGIN
  LET a INT := 1;
  LET b DEFAULT 2;
  LET c CURSOR FOR SELECT id FROM t WHERE id = 3;
  LET r RESULTSET := (SELECT id FROM t WHERE id = 2);
  LET out := a || b;
  FOR x IN c DO out := out || x.id; END FOR;
  FOR x IN r DO out := out || x.id; END FOR;
  RETURN out;
END;
-- > 1232
-- proves E.2 "| assign | x := expr; x := (SELECT ..); scalar subquery."
BEGIN
  LET x := 1;
  x := (SELECT MAX(id) FROM t) + x;
  x := (SELECT MIN(id) FROM t WHERE id < :x);
  RETURN x;
END;
-- > 1
-- proves E.2 "| IF | IF (cond) THEN .. [ELSEIF (cond) THEN ..] [ELSE ..] END IF;"
BEGIN
  IF (NULL) THEN RETURN 'null'; ELSEIF (1 = 1) THEN RETURN 'elseif'; ELSE RETURN 'else'; END IF;
END;
-- > elseif
EXECUTE IMMEDIATE $$ BEGIN IF (FALSE) THEN RETURN 1; ELSIF (TRUE) THEN RETURN 2; END IF; END $$;
-- !
-- proves E.2 "| FOR counter | FOR i IN [REVERSE] a TO b {DO|LOOP} .. END {FOR|LOOP} [label];"
BEGIN
  LET i := 'outer';
  LET n := 3;
  LET out := '';
  FOR i IN 1 TO n DO n := 1; out := out || i; END FOR;
  FOR i IN REVERSE 1 TO 3 LOOP out := out || i; END LOOP counted;
  FOR i IN 2 TO 1 DO out := 'never'; END FOR;
  RETURN out || i;
END;
-- > 123321outer
BEGIN
  FOR i IN 'a' TO 3 DO NULL; END FOR;
END;
-- ! 100038
BEGIN
  LET x NUMERAL := 1;
END;
-- ! unknown data type 'NUMERAL'
-- proves E.2 "| FOR row | FOR r IN {cursor|resultset} DO .. END FOR;"
DECLARE
  c CURSOR FOR SELECT id, UPPER(v) AS up FROM t WHERE id < 3 ORDER BY id;
BEGIN
  LET out := '';
  FOR r IN c DO out := out || r.id || r.up; END FOR;
  FOR r IN c DO out := out || r.id; END FOR;
  RETURN out;
END;
-- > 1A2B12
-- proves E.2 "| WHILE | WHILE (cond) {DO|LOOP} .. END {WHILE|LOOP} [label];"
-- proves E.2 "| REPEAT | REPEAT .. UNTIL (cond) END REPEAT [label]; runs at least once |"
-- proves E.2 "| LOOP | LOOP .. END LOOP [label]; |"
-- proves E.2 "| BREAK / EXIT [label], CONTINUE / ITERATE [label] | innermost or labelled loop |"
BEGIN
  LET n := 0;
  WHILE (n < 2) DO n := n + 1; END WHILE w;
  WHILE (n < 4) LOOP n := n + 1; END LOOP;
  REPEAT n := n + 10; UNTIL (TRUE) END REPEAT r;
  LOOP
    n := n + 100;
    LOOP
      IF (n < 300) THEN ITERATE outermost; END IF;
      EXIT outermost;
    END LOOP;
  END LOOP outermost;
  FOR i IN 1 TO 5 DO
    IF (i = 2) THEN CONTINUE; END IF;
    IF (i = 4) THEN BREAK; END IF;
    n := n + 1000;
  END FOR;
  RETURN n;
END;
-- > 2314
-- proves E.2 "| RETURN | RETURN expr; RETURN TABLE(rs); ends the routine/anonymous block. No value: NULL |"
BEGIN
  LET r RESULTSET := (SELECT 5 AS n);
  RETURN TABLE(r);
  RETURN 'never';
END;
-- > 5
BEGIN RETURN; END;
-- > NULL
-- proves E.2 "| OPEN / FETCH / CLOSE | OPEN c [USING (v, ..)] binds ?; FETCH c INTO a, b;"
DECLARE
  a INT; b VARCHAR; extra INT DEFAULT 7;
  c CURSOR FOR SELECT id, v FROM t WHERE id >= ? ORDER BY id;
BEGIN
  LET lo := 2;
  OPEN c USING (lo);
  INSERT INTO t VALUES (4, 'd');
  FETCH c INTO a, b, extra;
  LET out := a || b || extra;
  FETCH c INTO a, b;
  out := out || a;
  FETCH c INTO a, b;
  RETURN out || NVL(a::VARCHAR, ' null') || NVL(b, ' null');
END;
-- > 2b73 null null
DECLARE
  a INT;
  c CURSOR FOR SELECT id FROM t;
BEGIN
  FETCH c INTO a;
END;
-- ! cursor C is not open
-- proves E.2 "| EXECUTE IMMEDIATE | { '..' | $$..$$ | var | $sessionvar | expr } [USING (v [, ..])];"
SET q = 'SELECT COUNT(*) FROM t';
EXECUTE IMMEDIATE $q;
-- > 4
EXECUTE IMMEDIATE $$ SELECT 1 $$;
-- > 1
EXECUTE IMMEDIATE 'SELECT 1; SELECT 2';
-- ! 000008
BEGIN
  LET q := 'SELECT v FROM t WHERE id = ? AND v = ?';
  LET a := 2;
  LET b := 'b';
  LET rs RESULTSET := (EXECUTE IMMEDIATE :q USING (a, b));
  LET out := '';
  FOR r IN rs DO out := out || r.v; END FOR;
  EXECUTE IMMEDIATE 'DELETE FROM ' || 't' || ' WHERE id = ?' USING (a);
  RETURN out || SQLROWCOUNT;
END;
-- > b1
EXECUTE IMMEDIATE $$ DECLARE c CURSOR FOR EXECUTE IMMEDIATE 'SELECT 1'; BEGIN OPEN c; END $$;
-- !
-- proves E.2 "| CALL | CALL p(..); CALL p(..) INTO :x; rs := (CALL p(..)); |"
CREATE PROCEDURE p(x INT) RETURNS INT AS 'BEGIN RETURN x + 1; END';
DECLARE
  n INT;
  rs RESULTSET;
BEGIN
  CALL p(1);
  CALL p(10) INTO :n;
  rs := (CALL p(100));
  FOR r IN rs DO n := n + r.p; END FOR;
  RETURN n;
END;
-- > 112
-- proves E.2 "| RAISE | RAISE e; or bare RAISE; in a handler = re-raise with number and text kept |"
DECLARE
  e EXCEPTION (-20003, 'kept');
BEGIN
  RAISE e;
EXCEPTION
  WHEN e THEN RAISE;
END;
-- ! -20003 (P0001): Uncaught exception of type 'E' on line 4 at position 2 : kept
-- proves E.2 "| NULL | no-op |"
BEGIN NULL; RETURN 'done'; END;
-- > done
-- proves E.2 "| ASYNC / AWAIT / CANCEL | ASYNC (stmt); r RESULTSET := ASYNC (sql); AWAIT r; AWAIT ALL; CANCEL r;"
DECLARE
  r RESULTSET;
  q RESULTSET := ASYNC (SELECT COUNT(*) AS n FROM t);
BEGIN
  ASYNC (INSERT INTO t VALUES (8, 'async'));
  AWAIT ALL;
  r := ASYNC (SELECT COUNT(*) AS n FROM t WHERE v = 'async');
  AWAIT r;
  LET out := '';
  FOR x IN r DO out := out || x.n; END FOR;
  CANCEL q;
  RETURN out || SYSTEM$GET_RESULTSET_STATUS(r);
END;
-- > 1SUCCESS
DECLARE r RESULTSET := ASYNC (SELECT 1 AS n);
BEGIN
  FOR x IN r DO RETURN x.n; END FOR;
END;
-- ! has not been awaited
BEGIN
  ASYNC (INSERT INTO t SELECT 1 / 0, 'x');
  LET out := 'started';
  AWAIT ALL;
  RETURN out;
EXCEPTION
  WHEN STATEMENT_ERROR THEN RETURN 'failed ' || SQLCODE;
END;
-- > failed 100051
BEGIN
  LET r RESULTSET := ASYNC (SELECT 1 / 0);
  RETURN SYSTEM$GET_RESULTSET_STATUS(r);
END;
-- > FAILED_WITH_ERROR
BEGIN
  LET r RESULTSET := ASYNC (SELECT 1);
  CANCEL r;
  RETURN SYSTEM$GET_RESULTSET_STATUS(r);
END;
-- > ABORTED
-- proves E.2 "| any SQL | DDL, DML, queries, USE, ALTER SESSION (rights permitting), SHOW/DESCRIBE"
BEGIN
  CREATE TABLE made (id INT);
  INSERT INTO made VALUES (1);
  ALTER SESSION SET QUERY_TAG = 'block';
  USE SCHEMA db.public;
  USE SCHEMA db.s;
  SHOW TABLES LIKE 'MADE';
  LET n INT := (SELECT COUNT(*) FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())));
  DESCRIBE TABLE made;
  LET m INT := (SELECT COUNT(*) FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())));
  DROP TABLE made;
  RETURN n + m;
END;
-- > 2
-- proves E.2 "| transactions | BEGIN TRANSACTION / COMMIT / ROLLBACK as statements |"
BEGIN
  BEGIN TRANSACTION;
  INSERT INTO t VALUES (50, 'x');
  ROLLBACK;
  BEGIN TRANSACTION;
  INSERT INTO t VALUES (51, 'x');
  COMMIT;
  RETURN (SELECT COUNT(*) FROM t WHERE id >= 50);
END;
-- > 1
-- proves E.2 "PUT/GET and USE inside owner's-rights procedures are not allowed."
CREATE STAGE st;
CREATE PROCEDURE uses() RETURNS INT AS 'BEGIN USE SCHEMA db.public; END';
CALL uses();
-- ! Unsupported statement type 'USE'
CREATE PROCEDURE puts() RETURNS INT AS $$ BEGIN LIST @st; GET @st file:///tmp; END $$;
CALL puts();
-- ! Unsupported statement type 'GET'
CREATE PROCEDURE puts_in_text() RETURNS INT AS $$ BEGIN EXECUTE IMMEDIATE 'PUT file:///tmp/x @st'; END $$;
CALL puts_in_text();
-- ! Unsupported statement type 'PUT'
