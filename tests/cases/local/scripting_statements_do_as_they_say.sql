-- reference E.2 and E.3
CREATE TABLE t (id INT, v VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
BEGIN
  LET x := 1;
  x := x + 1;
  RETURN x;
END;
-- > 2
DECLARE
  x INT DEFAULT 5;
  y VARCHAR := 'q';
  z NUMBER(10, 2);
BEGIN
  z := 1.239;
  RETURN x || y || z || '.';
END;
-- > 5q1.24.
BEGIN
  LET x INT;
  RETURN x;
END;
-- > NULL
BEGIN
  LET x INT := '12';
  RETURN x + 1;
END;
-- > 13
BEGIN
  LET x INT := 'abc';
END;
-- ! 100038 (22018): Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position
BEGIN
  LET n INT := (SELECT COUNT(*) FROM t);
  LET m := (SELECT MAX(v) FROM t WHERE id < :n);
  RETURN m || n;
END;
-- > b3
BEGIN
  LET n INT := 0;
  IF (n = 1) THEN RETURN 'one'; ELSEIF (n = 0) THEN RETURN 'zero'; ELSE RETURN 'other'; END IF;
END;
-- > zero
BEGIN
  IF (NULL) THEN RETURN 'yes'; ELSE RETURN 'no'; END IF;
END;
-- > no
BEGIN
  LET x := 'b';
  CASE (x) WHEN 'a' THEN RETURN 1; WHEN 'b' THEN RETURN 2; ELSE RETURN 3; END;
END;
-- > 2
BEGIN
  LET x := 7;
  CASE WHEN x > 10 THEN RETURN 'big'; WHEN x > 5 THEN RETURN 'middle'; END CASE;
END;
-- > middle
BEGIN
  LET x := 1;
  CASE WHEN x > 10 THEN RETURN 'big'; END;
  RETURN 'nothing';
END;
-- > nothing
-- unconfirmed: CASE without a match
BEGIN
  LET out := '';
  FOR i IN 1 TO 3 DO out := out || i; END FOR;
  FOR i IN REVERSE 1 TO 3 LOOP out := out || i; END LOOP;
  FOR i IN 3 TO 1 DO out := out || 'never'; END FOR;
  RETURN out;
END;
-- > 123321
BEGIN
  LET i := 99;
  FOR i IN 1 TO 2 DO NULL; END FOR;
  RETURN i;
END;
-- > 99
BEGIN
  LET n := 2;
  LET out := '';
  FOR i IN 1 TO n DO n := 10; out := out || i; END FOR;
  RETURN out;
END;
-- > 12
DECLARE
  c CURSOR FOR SELECT id, v FROM t ORDER BY id;
BEGIN
  LET out := '';
  FOR r IN c DO out := out || r.id || r.v; END FOR;
  RETURN out;
END;
-- > 1a2b3c
BEGIN
  LET rs RESULTSET := (SELECT id, v AS name FROM t ORDER BY id DESC);
  LET out := '';
  FOR r IN rs DO
    LET name := r.name || '';
    INSERT INTO t VALUES (:r.id + 100, :name);
    out := out || r.id;
  END FOR;
  RETURN out;
END;
-- > 321
DELETE FROM t WHERE id > 100;
-- > 3
BEGIN
  LET n := 0;
  WHILE (n < 5) DO
    n := n + 1;
    IF (n = 2) THEN CONTINUE; END IF;
    IF (n = 4) THEN BREAK; END IF;
  END WHILE;
  RETURN n;
END;
-- > 4
BEGIN
  LET n := 10;
  REPEAT n := n + 1; UNTIL (n > 5) END REPEAT;
  RETURN n;
END;
-- > 11
BEGIN
  LET n := 0;
  LOOP
    n := n + 1;
    LOOP
      n := n + 10;
      IF (n > 30) THEN BREAK outermost; END IF;
      EXIT;
    END LOOP inner_one;
  END LOOP outermost;
  RETURN n;
END;
-- > 33
BEGIN
  LET n := 0;
  FOR i IN 1 TO 3 DO
    FOR j IN 1 TO 3 DO
      IF (j = 2) THEN ITERATE outermost; END IF;
      n := n + 1;
    END FOR;
  END FOR outermost;
  RETURN n;
END;
-- > 3
DECLARE
  a INT;
  b VARCHAR;
  c CURSOR FOR SELECT id, v FROM t ORDER BY id;
BEGIN
  OPEN c;
  FETCH c INTO a, b;
  FETCH c INTO a;
  LET out := a || b;
  FETCH c INTO a, b;
  FETCH c INTO a, b;
  CLOSE c;
  RETURN out || IFF(a IS NULL AND b IS NULL, ' end', ' more');
END;
-- > 2a end
DECLARE
  a INT;
  c CURSOR FOR SELECT id FROM t;
BEGIN
  FETCH c INTO a;
END;
-- !
DECLARE
  a INT;
  c CURSOR FOR SELECT id FROM t WHERE id > ? ORDER BY id;
BEGIN
  LET lo := 1;
  OPEN c USING (lo);
  FETCH c INTO a;
  RETURN a;
END;
-- > 2
BEGIN
  LET rs RESULTSET := (SELECT v FROM t WHERE id = 2);
  RETURN TABLE(rs);
END;
-- > b
DECLARE
  c CURSOR FOR SELECT v FROM t WHERE id = 3;
BEGIN
  OPEN c;
  RETURN TABLE(RESULTSET_FROM_CURSOR(c));
END;
-- > c
BEGIN
  LET a INT := 0;
  LET b VARCHAR := '';
  SELECT id, v INTO :a, :b FROM t WHERE id = 2;
  RETURN a || b;
END;
-- > 2b
BEGIN
  LET a INT := 0;
  SELECT id INTO :a FROM t;
END;
-- ! expects exactly 1 returned row, but got 3
BEGIN
  LET a INT := 0;
  SELECT id INTO :a FROM t WHERE FALSE;
END;
-- ! expects exactly 1 returned row, but got 0
BEGIN
  LET id := 2;
  RETURN (SELECT LISTAGG(v, '') WITHIN GROUP (ORDER BY v) FROM t WHERE id = id) || (SELECT MAX(v) FROM t WHERE id = :id);
END;
-- > abcb
BEGIN
  LET x := 1;
  BEGIN
    LET x := 2;
    x := 3;
  END;
  RETURN x;
END;
-- > 1
BEGIN
  NULL;
END;
-- > NULL
BEGIN
  RETURN;
END;
-- > NULL
BEGIN
  y := 1;
END;
-- ! 000904
BEGIN
  RETURN nowhere;
END;
-- ! 000904
BEGIN
  INSERT INTO t VALUES (:nowhere, 'x');
END;
-- ! nowhere
DECLARE
  name VARCHAR DEFAULT 't';
BEGIN
  RETURN (SELECT COUNT(*) FROM IDENTIFIER(:name));
END;
-- > 3
DECLARE
  name VARCHAR DEFAULT 't';
  n INT;
BEGIN
  n := (SELECT COUNT(*) FROM TABLE(:name));
  RETURN n;
END;
-- > 3
DECLARE
  rs RESULTSET;
BEGIN
  rs := (SELECT id FROM t WHERE id = 1);
  LET c CURSOR FOR rs;
  FOR r IN c DO RETURN r.id; END FOR;
END;
-- > 1
BEGIN
  LET x VARIANT := PARSE_JSON('{"a": 5}');
  RETURN x:a::INT + 1;
END;
-- > 6
BEGIN
  LET x := 12.3;
  RETURN x + 1;
END;
-- > 13.3
BEGIN
  LET d := CURRENT_DATE();
  RETURN d = CURRENT_DATE();
END;
-- > True
BEGIN
  LET x TIMESTAMP_NTZ := '2024-01-02 03:04:05';
  RETURN TO_VARCHAR(x, 'HH24:MI');
END;
-- > 03:04
BEGIN
  LET b := TRUE;
  IF (b AND NOT FALSE) THEN RETURN 'yes'; END IF;
END;
-- > yes
BEGIN
  LET s := 'it''s; END';
  RETURN s;
END;
-- > it's; END
BEGIN
  ASYNC (INSERT INTO t VALUES (9, 'z'));
  AWAIT ALL;
END;
-- > NULL
BEGIN
END;
-- ! 001003
