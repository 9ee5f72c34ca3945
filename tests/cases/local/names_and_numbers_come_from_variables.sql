CREATE TABLE t (id INT, "Mixed" VARCHAR);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- session variables
SET x = 5;
SELECT $x + 1, $X;
-- > 6 | 5
SET (a, b) = (1, 'two');
SELECT $a, $b;
-- > 1 | two
SET (lo, hi) = (SELECT MIN(id), MAX(id) FROM t);
SELECT $lo, $hi;
-- > 1 | 2
SET (a, b) = (1, 2, 3);
-- ! 001003 (42000): SQL compilation error: SET of 2 variables needs as many values
SET (a, b) = (SELECT 1);
-- ! 001003 (42000): SQL compilation error: SET of 2 variables needs one row of as many values
SET neg = -3;
SELECT 2 - $neg, ABS($neg);
-- > 5 | 3
SET day = '2024-01-31'::DATE;
SELECT DATEADD(DAY, 1, $day);
-- > 2024-02-01
SET flag = TRUE;
SELECT CASE WHEN $flag THEN 'yes' END;
-- > yes
SET nothing = NULL;
SELECT $nothing IS NULL;
-- > True
SET f = 1.5::FLOAT;
SELECT $f * 2;
-- > 3.0
SET quoted = 'it''s';
SELECT $quoted;
-- > it's
SET many = (SELECT id FROM t);
-- ! 090150 (22000): Single-row subquery returns more than one row.
SET long = (SELECT LISTAGG('x', '') FROM TABLE(GENERATOR(ROWCOUNT => 257)));
-- ! 001003 (42000): SQL compilation error: Assignment to 'LONG' not done because value exceeds size limit for variables. Its size is 257; the limit is 256 (internal storage size in bytes).
SHOW VARIABLES LIKE 'b%' ->> SELECT "name", "value", "type" FROM $1;
-- > B | two | text
SHOW VARIABLES LIKE 'n%' ->> SELECT "name", "value", "type" FROM $1 ORDER BY 1;
-- > NEG | -3 | fixed
-- > NOTHING | NULL | text
UNSET (a, b);
SELECT $b;
-- ! 001003 (42000): SQL compilation error: Session variable '$B' does not exist
UNSET x;
SELECT $x;
-- ! 001003 (42000): SQL compilation error: Session variable '$X' does not exist
-- IDENTIFIER
SET tab = 't';
SET full = 'db.s.t';
SET col = 'id';
SELECT COUNT(*) FROM IDENTIFIER($tab);
-- > 2
SELECT COUNT(*) FROM IDENTIFIER($full);
-- > 2
SELECT COUNT(*) FROM IDENTIFIER('"T"');
-- > 2
SELECT COUNT(*) FROM IDENTIFIER('"t"');
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S."t"' does not exist or not authorized.
SELECT IDENTIFIER($col) FROM t ORDER BY IDENTIFIER('id') DESC LIMIT 1;
-- > 2
SELECT COUNT(*) FROM TABLE('t');
-- > 2
SELECT COUNT(*) FROM TABLE($tab) a JOIN TABLE($full) b ON a.id = b.id;
-- > 2
SELECT COUNT(*) FROM IDENTIFIER($missing);
-- ! 001003 (42000): SQL compilation error: Session variable '$MISSING' does not exist
SELECT COUNT(*) FROM IDENTIFIER('a b');
-- ! 001003 (42000): SQL compilation error: Invalid identifier: 'a b'
INSERT INTO IDENTIFIER($tab) VALUES (3, 'c');
UPDATE IDENTIFIER($tab) SET "Mixed" = 'z' WHERE id = 3;
DELETE FROM IDENTIFIER($tab) WHERE id = 3;
CREATE TABLE IDENTIFIER('u') (id INT);
TRUNCATE TABLE IDENTIFIER('u');
DROP TABLE IDENTIFIER('u');
SELECT * FROM u;
-- ! 002003 (42S02): SQL compilation error: Object 'DB.S.U' does not exist or not authorized.
EXECUTE IMMEDIATE $$
DECLARE
    name VARCHAR DEFAULT 't';
    found INT;
BEGIN
    SELECT COUNT(*) INTO :found FROM IDENTIFIER(:name);
    RETURN found;
END
$$;
-- > 2
-- SEQ1 … SEQ8 over GENERATOR
SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 3)) ORDER BY 1;
-- > 0
-- > 1
-- > 2
SELECT SEQ8() + 1 AS n, SEQ2() FROM TABLE(GENERATOR(ROWCOUNT => 2)) v ORDER BY n DESC;
-- > 2 | 1
-- > 1 | 0
SELECT MAX(n), MIN(n) FROM (SELECT SEQ1() AS n FROM TABLE(GENERATOR(ROWCOUNT => 200)));
-- > 127 | 0
SELECT MAX(n), MIN(n) FROM (SELECT SEQ1(1) AS n FROM TABLE(GENERATOR(ROWCOUNT => 200)));
-- > 127 | -128
SELECT ROW_NUMBER() OVER (ORDER BY SEQ4() DESC) AS r FROM TABLE(GENERATOR(ROWCOUNT => 2)) WHERE SEQ4() < 1;
-- > 1
SELECT DATEADD(DAY, SEQ4(), '2024-01-01'::DATE) AS d FROM TABLE(GENERATOR(ROWCOUNT => 2)) ORDER BY d;
-- > 2024-01-01
-- > 2024-01-02
SELECT SEQ4(2) FROM TABLE(GENERATOR(ROWCOUNT => 2));
-- ! 001044 (42P13): SQL compilation error: Invalid argument of SEQ4: 2
SELECT SEQ4() FROM t;
-- ! 000002 (0A000): not supported by the local account: SEQ4 of other rows than those of TABLE(GENERATOR(…)) alone
SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 2)), t;
-- ! 000002 (0A000): not supported by the local account: SEQ4 of other rows than those of TABLE(GENERATOR(…)) alone
SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 0));
-- > 0
SELECT * FROM TABLE(GENERATOR(ROWCOUNT => 2));
-- ! 001003 (42000): SQL compilation error: SELECT with no columns
SELECT * FROM TABLE(GENERATOR(ROWCOUNT => 2)), (SELECT 7 AS seven);
-- > 7
-- > 7
SELECT 1 FROM TABLE(GENERATOR(TIMELIMIT => 1));
-- ! 000002 (0A000): not supported by the local account: argument TIMELIMIT of GENERATOR
SELECT 1 FROM TABLE(GENERATOR(ROWCOUNT => 1, TIMELIMIT => 1));
-- ! 000002 (0A000): not supported by the local account: argument TIMELIMIT of GENERATOR
SELECT 1 FROM TABLE(GENERATOR());
-- ! 000002 (0A000): not supported by the local account: GENERATOR without ROWCOUNT
-- sequences
CREATE SEQUENCE s START 10 INCREMENT 5;
SELECT s.NEXTVAL;
-- > 10
SELECT s.NEXTVAL, s.NEXTVAL, t.id FROM t ORDER BY id;
-- > 15 | 25 | 1
-- > 20 | 30 | 2
SELECT db.s.s.NEXTVAL + 1 AS n;
-- > 36
SELECT nope.NEXTVAL;
-- ! 002003 (02000): SQL compilation error: Sequence 'DB.S.NOPE' does not exist or not authorized.
SELECT s.CURRVAL;
-- ! 000904
SELECT s.NEXTVAL AS n FROM t WHERE id = 1;
-- > 40
SELECT seq.NEXTVAL, seq.NEXTVAL = seq.NEXTVAL FROM TABLE(GETNEXTVAL(s)) seq;
-- > 45 | True
CREATE SEQUENCE p;
SELECT t.id, seq.NEXTVAL FROM t, TABLE(GETNEXTVAL(p)) seq ORDER BY t.id;
-- > 1 | 1
-- > 2 | 2
SELECT seq.NEXTVAL, seq.NEXTVAL FROM t, TABLE(GETNEXTVAL(p)) seq;
-- ! 000002 (0A000): not supported by the local account: GETNEXTVAL whose number is used 2 times in a row
CREATE TABLE d (id INT DEFAULT p.NEXTVAL, u VARCHAR DEFAULT UUID_STRING(), v VARCHAR, n INT DEFAULT 7 NOT NULL);
INSERT INTO d (v) VALUES ('a'), ('b');
INSERT INTO d (v) SELECT "Mixed" FROM t;
SELECT COUNT(DISTINCT id), MAX(id) - MIN(id), COUNT(DISTINCT u), MIN(n) FROM d;
-- > 4 | 3 | 4 | 7
INSERT INTO d (id, v) VALUES (p.NEXTVAL, 'c');
INSERT INTO d (id, v) SELECT p.NEXTVAL, 'd';
SELECT COUNT(DISTINCT id) FROM d;
-- > 6
SELECT NEXTVAL FROM (SELECT 3 AS NEXTVAL);
-- > 3
SELECT x.NEXTVAL FROM (SELECT 3 AS NEXTVAL) x;
-- > 3
CREATE SEQUENCE down START -1 INCREMENT -2;
SELECT down.NEXTVAL, down.NEXTVAL;
-- > -1 | -3
ALTER SEQUENCE down SET INCREMENT = 10;
SELECT down.NEXTVAL;
-- > -5
SELECT down.NEXTVAL;
-- > 5
CREATE OR REPLACE SEQUENCE s;
SELECT s.NEXTVAL;
-- > 1
DROP SEQUENCE p;
INSERT INTO d (v) VALUES ('e');
-- ! 002003 (02000): SQL compilation error: Sequence 'DB.S.P' does not exist or not authorized.
-- identity
CREATE TABLE i (id INT AUTOINCREMENT START 100 INCREMENT -10, k INT IDENTITY, v VARCHAR);
INSERT INTO i (v) VALUES ('a'), ('b'), ('c');
SELECT id, k, v FROM i ORDER BY k;
-- > 100 | 1 | a
-- > 90 | 2 | b
-- > 80 | 3 | c
INSERT INTO i (id, v) VALUES (7, 'given');
SELECT id, k FROM i WHERE v = 'given';
-- > 7 | 4
INSERT INTO i SELECT 1, 2, 'all';
