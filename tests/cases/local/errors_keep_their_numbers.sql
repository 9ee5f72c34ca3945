CREATE TABLE t (id INT NOT NULL, v VARCHAR(3), n NUMBER(5, 2));
INSERT INTO t VALUES (1, 'a', 1);
-- proves E.6 "| 000904 (42000) | invalid identifier |"
SELECT nope FROM t;
-- ! 000904 (42000)
-- proves E.6 "| 001003 (42000) | syntax error (unexpected '<EOF>' when a block was split) |"
SELECT FROM WHERE;
-- ! 001003 (42000)
-- proves E.6 "| 002002 (42710) | object already exists |"
CREATE TABLE t (id INT);
-- ! 002002 (42710): SQL compilation error: Object 'DB.S.T' already exists.
-- proves E.6 "| 002003 (42S02 / 02000) | does not exist or not authorized (state differs by object and version) |"
SELECT * FROM nope;
-- ! 002003 (42S02)
DROP STAGE nope;
-- ! 002003 (02000)
-- proves E.6 "| 003001 (42501) | insufficient privileges |"
CREATE ROLE reader;
GRANT USAGE ON DATABASE db TO ROLE reader;
GRANT USAGE ON SCHEMA s TO ROLE reader;
GRANT SELECT ON TABLE t TO ROLE reader;
USE ROLE reader;
INSERT INTO t VALUES (2, 'b', 2);
-- ! 003001 (42501)
USE ROLE ACCOUNTADMIN;
-- proves E.6 "| 040052 (22000) | scale/type change not allowed |"
ALTER TABLE t ALTER COLUMN n SET DATA TYPE NUMBER(5, 1);
-- ! 040052 (22000)
-- proves E.6 "| 001471 (42601) | not-null column can't be added |"
ALTER TABLE t ADD COLUMN c INT NOT NULL;
-- ! 001471 (42601): SQL compilation error: Non-nullable column 'C' cannot be added to non-empty table
-- proves E.6 "| 090063 / 090064 (22000) | warehouse already running / already suspended"
CREATE WAREHOUSE wh INITIALLY_SUSPENDED = TRUE;
ALTER WAREHOUSE wh SUSPEND;
-- ! 090064 (22000): Invalid state.
ALTER WAREHOUSE wh RESUME;
ALTER WAREHOUSE wh RESUME;
-- ! 090063 (22000): Invalid state.
-- proves E.6 "| 001492 (42601) | policy attached, cannot drop |"
CREATE MASKING POLICY hide AS (x VARCHAR) RETURNS VARCHAR -> '***';
CREATE TABLE hidden (v VARCHAR MASKING POLICY hide);
DROP MASKING POLICY hide;
-- ! 001492 (42601)
-- proves E.6 "| 100035 (22007) | timestamp/date not recognised |"
SELECT 'tomorrow'::DATE;
-- ! 100035 (22007)
-- proves E.6 "| 100051 (22012) | division by zero |"
SELECT 1 / 0;
-- ! 100051 (22012): Division by zero
-- proves E.6 "| 100072 (22000) | NULL result in a non-nullable column |"
INSERT INTO t VALUES (NULL, 'a', 1);
-- ! 100072 (22000)
INSERT INTO t VALUES (3, 'long', 1);
-- ! 100078 (22000)
-- proves E.6 "| 100090 (42P18) | duplicate row detected during MERGE/UPDATE DML |"
MERGE INTO t USING (SELECT 1 AS id UNION ALL SELECT 1) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 'x';
-- ! 100090 (42P18)
-- proves E.6 "| 090105 (22000) | session has no current database/schema |"
DROP DATABASE db;
CREATE TABLE nowhere (id INT);
-- ! 090105 (22000)

-- proves E.6 "| 000606 (57P03) | no active warehouse |"
UNDROP DATABASE db;
USE SCHEMA db.s;
-- whoever chose a warehouse has none when it is gone; a session that never named one needs none here
SELECT COUNT(*) FROM t;
-- > 1
CREATE WAREHOUSE passing;
SELECT CURRENT_WAREHOUSE();
-- > PASSING
SELECT COUNT(*) FROM t;
-- > 1
DROP WAREHOUSE passing;
SELECT CURRENT_WAREHOUSE();
-- > NULL
SELECT COUNT(*) FROM t;
-- ! 000606 (57P03): No active warehouse selected in the current session.
INSERT INTO t VALUES (9, 'x', 9);
-- ! 000606 (57P03)
CREATE TABLE of_it AS SELECT * FROM t;
-- ! 000606 (57P03)
SELECT 1;
-- > 1
-- what defines needs none
CREATE VIEW defined AS SELECT id FROM t;
CREATE FUNCTION counted() RETURNS INT AS 'SELECT COUNT(*) FROM t';
SELECT * FROM defined;
-- ! 000606 (57P03)
CREATE WAREHOUSE passing;
SELECT COUNT(*) FROM t;
-- > 1
-- proves E.6 "| 001044 (42P13) | bad argument types |"
CREATE FUNCTION plus(a INT) RETURNS INT AS 'a + 1';
SELECT plus(1, 2);
-- ! 001044 (42P13)
SELECT TRY_CAST(1 AS INT);
-- ! 001044 (42P13)
-- proves E.6 "| 002029 (42601) | missing option(s) |"
CREATE DYNAMIC TABLE d TARGET_LAG = '1 minute' AS SELECT 1 AS a;
-- ! 002029 (42601): SQL compilation error: Missing option(s): [WAREHOUSE]
CREATE DYNAMIC TABLE d WAREHOUSE = passing AS SELECT 1 AS a;
-- ! 002029 (42601): SQL compilation error: Missing option(s): [TARGET_LAG]
CREATE STORAGE INTEGRATION lake TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' STORAGE_ALLOWED_LOCATIONS = ('*');
-- ! 002029 (42601): SQL compilation error: Missing option(s): [ENABLED]
CREATE NOTIFICATION INTEGRATION mail TYPE = EMAIL;
-- ! 002029 (42601): SQL compilation error: Missing option(s): [ENABLED]
-- proves E.6 "| 002043 (02000) | object does not exist, or operation cannot be performed |"
USE WAREHOUSE nope;
-- ! 002043 (02000): SQL compilation error: Object does not exist, or operation cannot be performed.
USE DATABASE nope;
-- ! 002043 (02000)
USE SCHEMA nope;
-- ! 002043 (02000)
USE db.nope;
-- ! 002043 (02000)
USE ROLE nope;
-- ! 002043 (02000)
SHOW TABLES IN SCHEMA nope;
-- ! 002043 (02000)
