-- An object of another kind is not replaced, and what stands behind a statement is not read over.
CREATE TABLE t (a INT);
INSERT INTO t VALUES (1);
CREATE VIEW v AS SELECT a FROM t;
CREATE OR REPLACE VIEW t AS SELECT 1 AS a;
-- ! 002002 (42710)
CREATE OR REPLACE TABLE v (a INT);
-- ! 002002
CREATE OR REPLACE DYNAMIC TABLE t WAREHOUSE = w TARGET_LAG = '1 minute' AS SELECT 1 AS a;
-- ! 002002
CREATE OR REPLACE TABLE IF NOT EXISTS t (a INT);
-- ! OR REPLACE and IF NOT EXISTS of TABLE exclude each other
DROP TABLE IF EXISTS v;
-- ! 002203 (02000): SQL compilation error: Object found is of type 'VIEW', not specified type 'TABLE'.
DROP VIEW t;
-- ! 002203
DROP TABLE t, v;
-- ! 001003 (42000): SQL compilation error: syntax error: unexpected ', v'
DROP TABLE t foo;
-- ! syntax error: unexpected 'foo'
ALTER TABLE t RENAME TO u foo;
-- ! syntax error
ALTER TABLE t RENAME TO nowhere.u;
-- ! Schema 'DB.NOWHERE' does not exist
ALTER TABLE t DROP COLUMN a foo;
-- ! syntax error
ALTER TABLE t UNSET COMMENT, FOO;
-- ! ALTER TABLE UNSET FOO
ALTER TABLE t DROP COLUMN IF EXISTS nope;
ALTER TABLE t ADD COLUMN n INT AUTOINCREMENT;
-- ! takes a constant default only
ALTER TABLE t ADD COLUMN n TIMESTAMP_LTZ DEFAULT CURRENT_TIMESTAMP();
-- ! takes a constant default only
DESCRIBE TABLE t foo;
-- ! syntax error
DESCRIBE TABLE t TYPE = STAGE;
-- ! not supported by the local account: DESCRIBE … TYPE
SHOW TABLES LIMIT;
-- ! expected a number up to 10000
SHOW TABLES LIMIT -1;
-- ! expected a number up to 10000
SHOW TABLES LIKE t;
-- ! expected a text in quotes
USE SCHEMA s foo;
-- ! syntax error
USE DATABASE db.s;
-- ! syntax error
COMMIT foo;
-- ! syntax error
UNSET x, y;
-- ! syntax error
ALTER SCHEMA s SET FOO = 1;
-- ! not supported by the local account: FOO of ALTER SCHEMA
SELECT a FROM t;
-- > 1
-- ALTER … IF EXISTS of what is not there
ALTER SCHEMA IF EXISTS nope SET COMMENT = 'x';
ALTER VIEW IF EXISTS nope SET COMMENT = 'x';
ALTER PROCEDURE IF EXISTS nope(INT) SET COMMENT = 'x';
ALTER WAREHOUSE IF EXISTS nope SUSPEND;
ALTER STAGE IF EXISTS nope SET COMMENT = 'x';
ALTER VIEW nope SET COMMENT = 'x';
-- ! 002003
-- a block is read before any of it runs
BEGIN
  INSERT INTO t VALUES (2);
  SELEC 1;
END;
-- ! 001003 (42000): SQL compilation error: syntax error: line 3 at position 2 unexpected 'SELEC'
SELECT COUNT(*) FROM t;
-- > 1
CREATE PROCEDURE p() RETURNS INT LANGUAGE SQL AS 'BEGIN SELEC 1; RETURN 1; END';
-- ! unexpected 'SELEC'
CREATE TASK k SCHEDULE = '1 MINUTE' AS SELEC 1;
-- ! unexpected 'SELEC'
CREATE TASK k SCHEDULE = '1 MINUTE' AS BEGIN SELECT 1; FOO; END;
-- ! unexpected 'FOO'
