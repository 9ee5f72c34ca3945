-- reference E.5
CREATE TABLE t (id INT);
DECLARE
  my_exception EXCEPTION (-20002, 'my text');
BEGIN
  RAISE my_exception;
END;
-- ! -20002 (P0001): Uncaught exception of type 'MY_EXCEPTION' on line 4 at position
DECLARE
  plain EXCEPTION;
BEGIN
  RAISE plain;
END;
-- ! -20000 (P0001): Uncaught exception of type 'PLAIN'
DECLARE
  e EXCEPTION (-20002, 'my text');
BEGIN
  RAISE e;
EXCEPTION
  WHEN e THEN RETURN SQLCODE || ' ' || SQLERRM || ' ' || SQLSTATE;
END;
-- > -20002 my text P0001
BEGIN
  SELECT * FROM nope;
EXCEPTION
  WHEN EXPRESSION_ERROR THEN RETURN 'expression';
  WHEN STATEMENT_ERROR THEN RETURN SQLCODE || ' ' || SQLSTATE || ' ' || SQLERRM;
END;
-- > 2003 42S02 SQL compilation error: Object 'DB.S.NOPE' does not exist or not authorized.
BEGIN
  LET x := 1 / 0;
EXCEPTION
  WHEN STATEMENT_ERROR THEN RETURN 'statement';
  WHEN EXPRESSION_ERROR THEN RETURN 'expression ' || SQLCODE;
END;
-- > expression 100051
BEGIN
  SELECT * FROM nope;
END;
-- ! 002003 (42S02): Uncaught exception of type 'STATEMENT_ERROR' on line 2 at position 2 : SQL compilation error: Object
BEGIN
  LET x INT := 1;
  x := x / 0;
END;
-- ! 100051 (22012): Uncaught exception of type 'EXPRESSION_ERROR' on line 3 at position
DECLARE
  a EXCEPTION (-20001, 'a');
  b EXCEPTION (-20002, 'b');
BEGIN
  RAISE b;
EXCEPTION
  WHEN a OR b THEN RETURN 'both';
  WHEN OTHER THEN RETURN 'other';
END;
-- > both
DECLARE
  a EXCEPTION (-20001, 'a');
BEGIN
  RAISE a;
EXCEPTION
  WHEN OTHER THEN RETURN SQLERRM;
END;
-- > a
DECLARE
  a EXCEPTION (-20001, 'again');
BEGIN
  BEGIN
    RAISE a;
  EXCEPTION
    WHEN OTHER THEN
      INSERT INTO t VALUES (1);
      RAISE;
  END;
END;
-- ! -20001 (P0001): Uncaught exception of type 'A' on line 5 at position
SELECT COUNT(*) FROM t;
-- > 1
BEGIN
  BEGIN
    SELECT 1 / 0;
  EXCEPTION
    WHEN EXPRESSION_ERROR THEN RETURN 'wrong';
  END;
  RETURN 'after';
EXCEPTION
  WHEN OTHER THEN RETURN 'outer';
END;
-- > outer
BEGIN
  BEGIN
    SELECT 1 / 0;
  EXCEPTION
    WHEN OTHER THEN NULL;
  END;
  RETURN 'after';
END;
-- > after
DECLARE
  x INT DEFAULT 1 / 0;
BEGIN
  RETURN x;
EXCEPTION
  WHEN OTHER THEN RETURN 'caught';
END;
-- ! 100051
DECLARE
  n INT DEFAULT 0;
BEGIN
  n := 5;
  LET m INT := 6;
  SELECT 1 / 0;
EXCEPTION
  WHEN OTHER THEN RETURN n;
END;
-- > 5
BEGIN
  LET m INT := 6;
  SELECT 1 / 0;
EXCEPTION
  WHEN OTHER THEN RETURN m;
END;
-- ! 000904
BEGIN
  SELECT 1 / 0;
EXCEPTION
  WHEN OTHER CONTINUE THEN NULL;
END;
-- > NULL
BEGIN
  SELECT 1 / 0;
EXCEPTION
  WHEN OTHER THEN
    RETURN OBJECT_CONSTRUCT('code', SQLCODE, 'text', SQLERRM);
END;
-- > {\n  "code": 100051,\n  "text": "Division by zero"\n}
BEGIN
  RAISE nobody;
END;
-- ! NOBODY
DECLARE
  bad EXCEPTION (-30000, 'x');
BEGIN
  NULL;
END;
-- ! 001003
CREATE PROCEDURE fails() RETURNS INT AS
$$
DECLARE
  e EXCEPTION (-20005, 'from below');
BEGIN
  RAISE e;
END
$$;
CALL fails();
-- ! -20005 (P0001): Uncaught exception of type 'E' on line 5 at position 2 : from below
BEGIN
  CALL fails();
EXCEPTION
  WHEN STATEMENT_ERROR THEN RETURN SQLCODE || SQLERRM;
END;
-- > -20005from below
-- unconfirmed: the text that a caller of a procedure sees
BEGIN
  INSERT INTO t VALUES (2);
  SELECT 1 / 0;
  INSERT INTO t VALUES (3);
END;
-- ! 100051
SELECT COUNT(*) FROM t WHERE id > 1;
-- > 1
BEGIN
  LET p := r.col;
END;
-- !
