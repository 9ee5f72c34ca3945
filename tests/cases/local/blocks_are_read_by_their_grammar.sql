CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- proves E.1 "block := [DECLARE decl; ...] BEGIN stmt; [stmt; ...] [EXCEPTION handler ...] END [label]"
-- proves E.1 "decl := var type [ {DEFAULT | :=} expr ] | var {DEFAULT | :=} expr"
-- proves E.1 "| END | needs ; after it inside another block; label may follow |"
DECLARE
  a INT; b INT DEFAULT 1; c INT := 2; d DEFAULT 'x'; e := TRUE;
BEGIN
  BEGIN
    a := 3;
  END inner_one;
  RETURN a || b || c || d || e;
EXCEPTION
  WHEN OTHER THEN RETURN 'failed';
END outer_one;
-- > 312xtrue
BEGIN
  BEGIN
    NULL;
  END
  RETURN 1;
END;
-- ! 001003
-- proves E.1 "| c CURSOR FOR { query | resultset_var | <stmt name> }"
-- proves E.1 "| r RESULTSET [ {DEFAULT | :=} [ASYNC] ( sql ) ]"
DECLARE
  r RESULTSET := (SELECT id FROM t ORDER BY id);
  r2 RESULTSET DEFAULT ASYNC (SELECT MAX(id) AS id FROM t);
  q CURSOR FOR SELECT id FROM t ORDER BY id DESC;
  c CURSOR FOR r;
  out VARCHAR DEFAULT '';
BEGIN
  FOR x IN c DO out := out || x.id; END FOR;
  FOR x IN q DO out := out || x.id; END FOR;
  AWAIT r2;
  FOR x IN r2 DO out := out || x.id; END FOR;
  RETURN out;
END;
-- > 12212
-- proves E.1 "| e EXCEPTION [ ( number, 'text' ) ]"
-- proves E.1 "handler := WHEN exc [OR exc ..] [EXIT | CONTINUE] THEN stmt; .."
DECLARE
  e EXCEPTION; f EXCEPTION (-20001, 'f');
  out VARCHAR DEFAULT '';
BEGIN
  RAISE f;
  RAISE e;
  RETURN out || 'never';
EXCEPTION
  WHEN f CONTINUE THEN out := out || SQLERRM;
  WHEN e OR STATEMENT_ERROR EXIT THEN RETURN out || SQLCODE;
END;
-- > f-20000
-- proves E.1 "| WHEN OTHER [EXIT | CONTINUE] THEN stmt; .. -- last"
BEGIN
  SELECT 1 / 0;
  RETURN 'after';
EXCEPTION
  WHEN EXPRESSION_ERROR THEN RETURN 'wrong';
  WHEN OTHER CONTINUE THEN NULL;
END;
-- > after
-- proves E.1 "| p PROCEDURE ( [arg type, ..] ) RETURNS type AS block"
DECLARE
  twice PROCEDURE (x INT) RETURNS INT AS BEGIN RETURN x * 2; END;
  n INT;
BEGIN
  CALL twice(21) INTO :n;
  RETURN n;
END;
-- > 42
-- proves E.1 "| BEGIN; BEGIN TRANSACTION; BEGIN WORK; BEGIN NAME x | transaction start."
-- proves E.1 "| START TRANSACTION | always transaction |"
BEGIN;
INSERT INTO t VALUES (9, 'z');
ROLLBACK;
BEGIN TRANSACTION;
INSERT INTO t VALUES (9, 'z');
ROLLBACK;
BEGIN WORK;
INSERT INTO t VALUES (9, 'z');
ROLLBACK;
BEGIN NAME mine;
INSERT INTO t VALUES (9, 'z');
ROLLBACK;
START TRANSACTION;
INSERT INTO t VALUES (9, 'z');
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 2
BEGIN RETURN 'a block'; END;
-- > a block
-- proves E.1 "| END IF, END FOR, END WHILE, END REPEAT, END LOOP, END CASE |"
BEGIN
  IF (TRUE) THEN NULL; END;
END;
-- ! 001003
BEGIN
  FOR i IN 1 TO 2 DO NULL; END;
END;
-- ! 001003
BEGIN
  WHILE (FALSE) DO NULL; END;
END;
-- ! 001003
BEGIN
  CASE WHEN TRUE THEN NULL; END;
  CASE WHEN TRUE THEN NULL; END CASE;
  RETURN 'both';
END;
-- > both
-- proves E.1 "| Labels | only after END LOOP/END FOR/..., not before the loop |"
EXECUTE IMMEDIATE $$ BEGIN outermost: LOOP BREAK; END LOOP; END $$;
-- !
BEGIN
  LOOP LOOP BREAK outermost; END LOOP; END LOOP outermost;
  RETURN 'out';
END;
-- > out
-- proves E.11 "Tokenise respecting $$, quotes, comments"
BEGIN
  -- a comment; END;
  /* END; */
  LET x := 'BEGIN; END;';
  LET y := $$it's; END$$;
  RETURN x || y;
END;
-- > BEGIN; END;it's; END
-- proves E.11 "CASE expression vs CASE statement: at statement start it is a statement."
BEGIN
  LET x := CASE WHEN 1 = 1 THEN 'expression' END;
  CASE WHEN x = 'expression' THEN RETURN CASE x WHEN 'expression' THEN 'both' END; END;
END;
-- > both
-- proves E.11 "Substitute :x only outside strings; :: is a cast"
BEGIN
  LET x INT := 5;
  LET v VARIANT := PARSE_JSON('{"x": {"y": 7}}');
  RETURN (SELECT ':x' || :x::VARCHAR || :v:x.y::VARCHAR);
END;
-- > :x57
-- proves E.11 "Evaluate scripting expressions as SELECT <expr> with variables bound."
BEGIN
  LET x := 3;
  RETURN x * x + LENGTH('abc') + (SELECT COUNT(*) FROM t);
END;
-- > 14
