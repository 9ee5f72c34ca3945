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
