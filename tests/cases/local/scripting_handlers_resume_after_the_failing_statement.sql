-- proves E.5 "| CONTINUE | proceed with the statement after the failing one"
DECLARE
  out VARCHAR DEFAULT '';
  x INT DEFAULT 0;
BEGIN
  out := out || 'a';
  x := 1 / 0;
  out := out || 'b';
  IF (TRUE) THEN
    x := 1 / 0;
    out := out || 'never';
  END IF;
  out := out || 'c';
  CASE WHEN TRUE THEN
    SELECT 1 / 0;
    out := out || 'never';
  END CASE;
  FOR i IN 1 TO 3 DO
    out := out || i;
    IF (i = 2) THEN x := 1 / 0; END IF;
    out := out || '.';
    IF (i = 1) THEN out := out || '!'; END IF;
    x := 1 / (i - 3);
    out := out || ',';
  END FOR;
  x := 0;
  WHILE (1 / x > 0) DO out := out || 'never'; END WHILE;
  RETURN out || 'd';
EXCEPTION
  WHEN EXPRESSION_ERROR OR STATEMENT_ERROR CONTINUE THEN out := out || '#';
END;
-- > a#b#c#1.!,2#.,3.##d
-- The block inside has no handler that takes it: the statement that failed is the block.
DECLARE
  out VARCHAR DEFAULT '';
BEGIN
  BEGIN
    SELECT 1 / 0;
    out := out || 'never';
  EXCEPTION
    WHEN EXPRESSION_ERROR THEN out := 'wrong';
  END;
  out := out || 'after';
  RETURN out;
EXCEPTION
  WHEN OTHER CONTINUE THEN out := out || SQLCODE || ' ';
END;
-- > 100051 after
-- What a handler raises no other handler of its block takes.
DECLARE
  e EXCEPTION (-20001, 'again');
BEGIN
  SELECT 1 / 0;
  RETURN 'never';
EXCEPTION
  WHEN STATEMENT_ERROR CONTINUE THEN RAISE e;
  WHEN e THEN RETURN 'wrong';
END;
-- ! -20001 (P0001): Uncaught exception of type 'E' on line 7 at position 37 : again
-- LET in the body is not seen by the handler, and is there again afterwards; the globals are as before.
CREATE TABLE t (id INT);
DECLARE
  seen VARCHAR;
BEGIN
  LET made := 'made';
  INSERT INTO t VALUES (1), (2);
  LET x INT := 1 / 0;
  RETURN made || seen || SQLROWCOUNT;
EXCEPTION
  WHEN OTHER CONTINUE THEN
    DELETE FROM t;
    INSERT INTO t VALUES (1);
    seen := ' seen ';
END;
-- > made seen 2
-- proves E.5 "| EXIT (default) | after handler the block ends |"
DECLARE
  out VARCHAR DEFAULT '';
BEGIN
  BEGIN
    SELECT 1 / 0;
    out := out || 'never';
  EXCEPTION
    WHEN OTHER EXIT THEN out := out || 'handled ';
  END;
  RETURN out || 'after';
END;
-- > handled after
-- proves E.5 "| Declaration | number between -20999 and -20000; default -20000, text empty"
DECLARE e EXCEPTION; BEGIN RAISE e; EXCEPTION WHEN e THEN RETURN SQLCODE || '[' || SQLERRM || ']'; END;
-- > -20000[]
DECLARE e EXCEPTION (-21000, 'x'); BEGIN RAISE e; END;
-- ! 001003
-- proves E.5 "| Built-ins | STATEMENT_ERROR (failed SQL statement), EXPRESSION_ERROR (failed scripting expression), OTHER (anything) |"
-- proves E.5 "| SQLCODE | own exception: its number; STATEMENT/EXPRESSION_ERROR: engine's number without leading zeros |"
-- proves E.5 "| SQLSTATE | own exception: P0001 |"
BEGIN SELECT * FROM nope; EXCEPTION WHEN EXPRESSION_ERROR THEN RETURN 'e'; WHEN STATEMENT_ERROR THEN RETURN 's' || SQLCODE; END;
-- > s2003
BEGIN LET x := 1 / 0; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN 's'; WHEN EXPRESSION_ERROR THEN RETURN 'e' || SQLCODE || SQLSTATE; END;
-- > e10005122012
DECLARE e EXCEPTION (-20007, 't'); BEGIN RAISE e; EXCEPTION WHEN OTHER THEN RETURN SQLCODE || SQLSTATE; END;
-- > -20007P0001
-- proves E.5 "| Order | handlers top-down, first match; inner block, then outwards"
DECLARE
  e EXCEPTION (-20001, 'e');
BEGIN
  BEGIN
    RAISE e;
  EXCEPTION
    WHEN OTHER THEN RETURN 'inner';
    WHEN e THEN RETURN 'second';
  END;
EXCEPTION
  WHEN e THEN RETURN 'outer';
END;
-- > inner
BEGIN
  DECLARE x INT DEFAULT 1 / 0;
  BEGIN
    NULL;
  EXCEPTION
    WHEN OTHER THEN RETURN 'own';
  END;
EXCEPTION
  WHEN OTHER THEN RETURN 'outer';
END;
-- > outer
-- proves E.5 "| Transaction | an exception leaving a procedure rolls back a transaction opened there |"
CREATE OR REPLACE TABLE t (id INT);
CREATE PROCEDURE half() RETURNS INT AS $$ BEGIN BEGIN TRANSACTION; INSERT INTO t VALUES (1); SELECT 1 / 0; COMMIT; END $$;
CALL half();
-- ! 100051
SELECT COUNT(*) FROM t;
-- > 0
-- proves E.5 "Uncaught output:"
-- proves E.5 "-20002 (P0001): Uncaught exception of type 'MY_EXCEPTION' on line 8 at position 4 : my text"
-- proves E.5 "002003 (02000): Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2"
-- proves E.5 "I.e. statement errors keep their own number and SQLSTATE"
DECLARE
  my_exception EXCEPTION (-20002, 'my text');
BEGIN
  IF (TRUE) THEN
    RAISE my_exception;
  END IF;
END;
-- ! -20002 (P0001): Uncaught exception of type 'MY_EXCEPTION' on line 5 at position 4 : my text
BEGIN
  DROP TABLE nope;
END;
-- ! 002003 (02000): Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : SQL compilation error:
-- proves E.5 "001044 (42P13): Uncaught exception of type 'EXPRESSION_ERROR' on line 7 at position 21"
BEGIN
  LET x INT := 1 / 0;
END;
-- ! 100051 (22012): Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 6 : Division by zero
-- proves E.11 "Error wrapper adds Uncaught exception of type 'X' on line L at position P : only at the outermost level."
CREATE PROCEDURE fails() RETURNS INT AS $$ DECLARE e EXCEPTION (-20005, 'from below'); BEGIN RAISE e; END $$;
BEGIN
  CALL fails();
EXCEPTION
  WHEN OTHER THEN RETURN SQLERRM;
END;
-- > from below
CALL fails();
-- ! -20005 (P0001): Uncaught exception of type 'E' on line 1 at position 51 : from below
