-- A default draws from the sequence that it named when it was made, wherever the INSERT stands; a clone draws from the cloned one.
CREATE SCHEMA a;
CREATE SEQUENCE sq;
CREATE TABLE t (id INT DEFAULT sq.NEXTVAL, v INT);
CREATE TABLE bad (id INT DEFAULT nope.NEXTVAL);
-- ! Sequence 'DB.A.NOPE' does not exist
CREATE SCHEMA b;
CREATE SEQUENCE sq START 500;
INSERT INTO db.a.t (v) VALUES (0);
ALTER TABLE db.a.t ADD COLUMN w INT;
CREATE SCHEMA c CLONE a;
INSERT INTO db.c.t (v) VALUES (1), (2);
INSERT INTO db.a.t (v) VALUES (3);
SELECT v, id FROM db.a.t ORDER BY v;
-- > 0 | 1
-- > 3 | 2
SELECT v, id FROM db.c.t ORDER BY v;
-- > 0 | 1
-- > 1 | 2
-- > 2 | 3
DESCRIBE TABLE db.c.t ->> SELECT "default" FROM $1 WHERE "name" = 'ID';
-- > DB.C.SQ.NEXTVAL
-- a dynamic table that cannot be computed replaces nothing; its list of columns counts
USE SCHEMA db.s;
CREATE TABLE n (x INT, y INT);
INSERT INTO n VALUES (1, 2);
CREATE DYNAMIC TABLE d (p COMMENT 'first', q) WAREHOUSE = w TARGET_LAG = '1 minute' AS SELECT x, y FROM n;
SELECT p, q FROM d;
-- > 1 | 2
CREATE OR REPLACE DYNAMIC TABLE d WAREHOUSE = w TARGET_LAG = '1 minute' AS SELECT x / 0 AS z FROM n;
-- ! 100051
SELECT p + q FROM d;
-- > 3
CREATE DYNAMIC TABLE few (p) WAREHOUSE = w TARGET_LAG = '1 minute' AS SELECT x, y FROM n;
-- ! the column list does not fit the query
SELECT GET_DDL('dynamic_table', 'd') LIKE '%P COMMENT ''first''%target_lag = ''1 minute''%';
-- > True
ALTER TABLE n SET CHANGE_TRACKING = TRUE, COMMENT = 'c';
SELECT CONTAINS(GET_DDL('table', 'n'), CONCAT('CHANGE_TRACKING=TRUE', CHR(10), 'COMMENT=''c'''));
-- > True
CREATE WAREHOUSE never AUTO_SUSPEND = NULL;
SHOW WAREHOUSES LIKE 'never' ->> SELECT "auto_suspend" FROM $1;
-- > NULL
CREATE WAREHOUSE bad AUTO_SUSPEND = abc;
-- ! invalid value
CREATE WAREHOUSE bad MIN_CLUSTER_COUNT = 3 MAX_CLUSTER_COUNT = 2;
-- ! MIN_CLUSTER_COUNT is greater than MAX_CLUSTER_COUNT
CREATE TABLE "" (a INT);
-- ! syntax error
CREATE FILE FORMAT ff TYPE = CSV NULL_IF = 'N/A';
-- ! NULL_IF
CREATE PROCEDURE two(x INT /* first */, y INT -- last
  ) RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN x + y; END';
CALL two(1, x => 3);
-- ! 002141
CALL two(1, 2 -- c
  );
-- > 3
BEGIN
  LET r INT := (SELECT 1, 2);
  RETURN r;
END;
-- ! a query of 2 columns where one value is expected
