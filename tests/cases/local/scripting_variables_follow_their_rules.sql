CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- proves E.3 "| Names | identifiers, case-insensitive unless quoted |"
BEGIN
  LET Abc := 1;
  LET "abc" := 2;
  RETURN aBC || "abc";
END;
-- > 12
-- proves E.3 "| Scope | lexical by block; inner shadows outer |"
BEGIN
  LET x := 1;
  LET out := '';
  BEGIN
    LET x := 2;
    out := out || x;
  END;
  RETURN out || x;
END;
-- > 21
BEGIN
  BEGIN LET inside := 1; END;
  RETURN inside;
END;
-- ! 000904
-- proves E.3 "| In SQL statements | must be written :x; without colon it is a column name, and a column wins silently |"
BEGIN
  LET id := 2;
  LET n INT := (SELECT COUNT(*) FROM t WHERE id = id);
  LET m INT := (SELECT COUNT(*) FROM t WHERE id = :id);
  RETURN n || ' ' || m;
END;
-- > 3 1
BEGIN
  LET unknown := 2;
  SELECT unknown FROM t;
END;
-- ! 000904
-- proves E.3 "| In scripting expressions | no colon (colon tolerated) |"
-- proves E.3 "| In IF/WHILE/RETURN expressions | no colon |"
BEGIN
  LET x := 1;
  LET y := x + :x;
  IF (y = 2) THEN x := 0; END IF;
  WHILE (x < 3) DO x := x + 1; END WHILE;
  RETURN x + y;
END;
-- > 5
-- proves E.3 "| Identifiers | IDENTIFIER(:x); text in TABLE(:x) for table names |"
BEGIN
  LET name := 'db.s.t';
  LET n INT := (SELECT COUNT(*) FROM IDENTIFIER(:name));
  LET m INT := (SELECT COUNT(*) FROM TABLE(:name));
  DELETE FROM IDENTIFIER(:name) WHERE id > 100;
  RETURN n + m;
END;
-- > 6
-- proves E.3 "| Arrays | IN ( :arr) spread |"
BEGIN
  LET arr ARRAY := [1, 3];
  LET words ARRAY := ['a', 'it''s'];
  LET n INT := (SELECT COUNT(*) FROM t WHERE id IN (** :arr));
  LET m INT := (SELECT COUNT(*) FROM t WHERE v IN (** :words));
  RETURN n || ' ' || m;
END;
-- > 2 1
BEGIN
  SELECT * FROM t WHERE id IN (** :nowhere);
END;
-- ! Bind variable :nowhere not set.
-- proves E.3 "| Type inference | from initializer: 12.3 → FLOAT, 'a' → VARCHAR."
-- proves E.6 "| 092228 (P0000) | type inference |"
BEGIN
  LET f := 12.3;
  LET v := 'a';
  CREATE TABLE inferred AS SELECT :f AS f, :v AS v;
END;
-- > NULL
DESCRIBE TABLE inferred ->> SELECT "type" FROM $1;
-- > FLOAT
-- > VARCHAR(16777216)
DECLARE
  c CURSOR FOR SELECT id FROM t;
BEGIN
  FOR r IN c DO
    LET p := r.id;
  END FOR;
END;
-- ! 092228 (P0000): Uncaught exception of type 'EXPRESSION_ERROR' on line 5 at position 8 : SQL compilation error: error line 5 at position 8 variable 'P' cannot have its type inferred from initializer
-- proves E.3 "| Default | NULL |"
DECLARE x INT;
BEGIN
  LET y VARCHAR;
  RETURN x IS NULL AND y IS NULL;
END;
-- > True
-- proves E.3 "| Session variables | $v readable/settable in anonymous blocks and caller's rights; SET v = .. |"
SET v = 5;
BEGIN
  SET w = 6;
  RETURN $v + 1;
END;
-- > 6
SELECT $w;
-- > 6
CREATE PROCEDURE as_caller() RETURNS INT EXECUTE AS CALLER AS 'BEGIN SET v = 7; RETURN $v; END';
CALL as_caller();
-- > 7
SELECT $v;
-- > 7
-- proves E.3 "| Result of an anonymous block | column anonymous block |"
BEGIN RETURN 1; END;
SELECT "anonymous block" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 1
-- proves E.3 "| Result of CALL | column named as the procedure, upper case |"
CALL as_caller();
SELECT "AS_CALLER" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > 7
-- proves E.3 "| SQLROWCOUNT | rows affected by the last DML; NULL after a non-DML statement"
-- proves E.3 "| SQLFOUND / SQLNOTFOUND | last DML touched >= 1 row / 0 rows; NULL if not DML |"
-- proves E.3 "| ACTIVITY_COUNT | like SQLROWCOUNT but also SELECT |"
-- proves E.3 "| SQLID | query id of the last statement |"
-- proves E.3 "SQLROWCOUNT after a query is not the number of rows read."
BEGIN
  UPDATE t SET v = v WHERE id > 1;
  LET out := SQLROWCOUNT || ' ' || SQLFOUND || ' ' || SQLNOTFOUND || ' ' || ACTIVITY_COUNT || ' ' || (SQLID = LAST_QUERY_ID());
  UPDATE t SET v = v WHERE id > 100;
  out := out || ', ' || SQLROWCOUNT || ' ' || SQLFOUND || ' ' || SQLNOTFOUND || ' ' || ACTIVITY_COUNT;
  SELECT * FROM t;
  out := out || ', ' || NVL(SQLROWCOUNT::VARCHAR, 'null') || ' ' || NVL(SQLFOUND::VARCHAR, 'null') || ' ' || ACTIVITY_COUNT;
  CREATE TABLE u (id INT);
  TRUNCATE TABLE u;
  RETURN out || ', ' || NVL(SQLROWCOUNT::VARCHAR, 'null') || NVL(ACTIVITY_COUNT::VARCHAR, 'null');
END;
-- > 2 true false 2 true, 0 false true 0, null null 3, nullnull
-- proves E.3 "| SQLCODE, SQLERRM, SQLSTATE | only inside a handler |"
-- proves E.6 "SQLERRM inside a handler has the text without number."
-- proves E.6 "Format: 6 digits with leading zeros, (SQLSTATE), colon, text."
BEGIN
  SELECT * FROM nope;
EXCEPTION
  WHEN OTHER THEN RETURN SQLCODE || ' ' || SQLSTATE || ' ' || SQLERRM;
END;
-- > 2003 42S02 SQL compilation error: Object 'DB.S.NOPE' does not exist or not authorized.
SELECT * FROM nope;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.NOPE' does not exist or not authorized.
BEGIN
  RETURN SQLERRM;
END;
-- !
-- proves E.11 "Keep (SQLROWCOUNT, SQLFOUND, SQLNOTFOUND, SQLID) per frame; NULL them on non-DML."
CREATE PROCEDURE inserts() RETURNS INT AS 'BEGIN INSERT INTO u VALUES (1), (2); RETURN SQLROWCOUNT; END';
BEGIN
  DELETE FROM u;
  INSERT INTO u VALUES (1);
  LET before := SQLROWCOUNT;
  CALL inserts();
  RETURN before || NVL(SQLROWCOUNT::VARCHAR, ' null');
END;
-- > 1 null
-- proves E.4 "| query text fixed at declaration, executed at OPEN/FOR | executed when assigned |"
-- proves E.4 "| bind parameters ? with OPEN USING | variables via :x at assignment |"
DECLARE
  lo INT DEFAULT 1;
  n INT;
  c CURSOR FOR SELECT COUNT(*) AS n FROM t;
  p CURSOR FOR SELECT COUNT(*) AS n FROM t WHERE id > ? AND id < ?;
  r RESULTSET;
BEGIN
  r := (SELECT COUNT(*) AS n FROM t WHERE id > :lo);
  INSERT INTO t VALUES (4, 'd');
  OPEN c; FETCH c INTO n; CLOSE c;
  LET out := n || ' ';
  OPEN p USING (lo, 4); FETCH p INTO n; CLOSE p;
  out := out || n || ' ';
  FOR x IN r DO out := out || x.n; END FOR;
  RETURN out;
END;
-- > 4 2 2
-- proves E.4 "| RETURN TABLE(RESULTSET_FROM_CURSOR(c)) | RETURN TABLE(rs); TABLE(rs) usable only there |"
DECLARE
  c CURSOR FOR SELECT id FROM t WHERE id = 3;
BEGIN
  OPEN c;
  RETURN TABLE(RESULTSET_FROM_CURSOR(c));
END;
-- > 3
DECLARE
  r RESULTSET := (SELECT id FROM t WHERE id = 2);
BEGIN
  RETURN TABLE(r);
END;
-- > 2
DECLARE
  r RESULTSET := (SELECT id FROM t WHERE id = 2);
BEGIN
  LET n INT := (SELECT COUNT(*) FROM TABLE(r));
END;
-- !
-- proves E.4 "| iterate: FOR or OPEN/FETCH | iterate: FOR, or LET c CURSOR FOR rs |"
-- proves E.4 "| not rewindable (reopen) | usable 24 h; a re-read starts at the first row |"
DECLARE
  r RESULTSET := (SELECT id FROM t WHERE id < 3 ORDER BY id);
  q CURSOR FOR SELECT id FROM t WHERE id < 3 ORDER BY id;
  a INT; b INT; z INT; again INT;
BEGIN
  LET c CURSOR FOR r;
  OPEN c; FETCH c INTO a; CLOSE c;
  OPEN c; FETCH c INTO again; CLOSE c;
  LET out := a || again;
  FOR x IN r DO out := out || x.id; END FOR;
  FOR x IN r DO out := out || x.id; END FOR;
  OPEN q; FETCH q INTO a; FETCH q INTO b; FETCH q INTO z;
  RETURN out || ' ' || a || b || NVL(z::VARCHAR, 'null');
END;
-- > 111212 12null

-- columns of a row by names in quotes
BEGIN
    LET found VARCHAR := '';
    LET c CURSOR FOR SELECT 1 AS "low", 2 AS UP, 3 AS "Low";
    FOR x IN c DO
        found := x."low" || x.up || x."Low";
    END FOR;
    RETURN found;
END;
-- > 123
