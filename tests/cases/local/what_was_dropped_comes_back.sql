-- reference F.4, A.7, B.6: UNDROP
-- clock 2026-03-01 09:00:00
CREATE TABLE t (a INT IDENTITY, b VARCHAR);
INSERT INTO t (b) VALUES ('x'), ('y');
CREATE STREAM s ON TABLE t;
CREATE STREAM directly ON TABLE t APPEND_ONLY = TRUE;
CREATE VIEW v AS SELECT a, b FROM t;
CREATE STREAM sv ON VIEW v;
INSERT INTO t (b) VALUES ('z');
GRANT SELECT ON TABLE t TO ROLE PUBLIC;
DROP TABLE t;
SELECT * FROM t;
-- ! 'DB.S.T' does not exist or not authorized
SELECT * FROM s;
-- ! Base table
SHOW TABLES HISTORY LIKE 't' ->> SELECT "name", "rows", "dropped_on"::DATE::VARCHAR FROM $1;
-- > T | 3 | 2026-03-01
SHOW TABLES LIKE 't' ->> SELECT COUNT(*) FROM $1;
-- > 0
UNDROP TABLE t;
-- > Table T successfully restored.
SELECT a, b FROM t ORDER BY a;
-- > 1 | x
-- > 2 | y
-- > 3 | z
SELECT b FROM s;
-- > z
SELECT b FROM directly;
-- > z
SELECT b FROM sv;
-- > z
SELECT b FROM v ORDER BY b;
-- > x
-- > y
-- > z
SHOW GRANTS ON TABLE t ->> SELECT "privilege", "grantee_name" FROM $1 WHERE "privilege" = 'SELECT';
-- > SELECT | PUBLIC
INSERT INTO t (b) VALUES ('later');
SELECT MAX(a) FROM t;
-- > 4
SELECT b FROM s ORDER BY b;
-- > later
-- > z
UNDROP TABLE t;
-- ! 002002

-- what was replaced comes back once its name is free; of each name the last that was dropped is kept
CREATE OR REPLACE TABLE t (q INT);
INSERT INTO t VALUES (7);
SELECT * FROM s;
-- ! Base table
UNDROP TABLE t;
-- ! 002002 (42710): SQL compilation error: Object 'DB.S.T' already exists.
ALTER TABLE t RENAME TO newer;
UNDROP TABLE t;
SELECT COUNT(*) FROM t;
-- > 4
SELECT COUNT(*) FROM s;
-- > 2
CREATE OR REPLACE TABLE newer AS SELECT 8 AS q;
CREATE OR REPLACE TABLE newer AS SELECT 9 AS q;
DROP TABLE newer;
UNDROP TABLE newer;
SELECT q FROM newer;
-- > 9
DROP TABLE newer;
CREATE TABLE newer (z INT);
ALTER TABLE newer RENAME TO newest;
UNDROP TABLE newer;
SELECT q FROM newer;
-- > 9
UNDROP TABLE never;
-- ! 002003 (02000): SQL compilation error: Table 'NEVER' did not exist or was purged.
UNDROP VIEW v;
-- ! UNDROP VIEW
UNDROP TABLE t t;
-- ! unexpected

-- without retention nothing is kept, nor of a temporary table
CREATE TABLE gone (a INT) DATA_RETENTION_TIME_IN_DAYS = 0;
DROP TABLE gone;
UNDROP TABLE gone;
-- ! did not exist or was purged
CREATE TEMPORARY TABLE passing (a INT);
DROP TABLE passing;
UNDROP TABLE passing;
-- ! did not exist or was purged
CREATE TRANSIENT TABLE short AS SELECT 5 AS a;
DROP TABLE short;
UNDROP TABLE short;
SELECT a FROM short;
-- > 5

-- a column with a tag and a dynamic table
CREATE TAG cost;
ALTER TABLE t MODIFY COLUMN b SET TAG cost = 'low';
DROP TABLE t;
UNDROP TABLE t;
SELECT SYSTEM$GET_TAG('cost', 't.b', 'COLUMN');
-- > low
CREATE WAREHOUSE w;
CREATE DYNAMIC TABLE d TARGET_LAG = '1 day' WAREHOUSE = w AS SELECT COUNT(*) AS n FROM t;
CREATE STREAM sd ON DYNAMIC TABLE d;
DROP TABLE t;
ALTER DYNAMIC TABLE d REFRESH;
-- ! DB.S.T
UNDROP TABLE t;
INSERT INTO t (b) VALUES ('for d');
ALTER DYNAMIC TABLE d REFRESH;
DROP DYNAMIC TABLE d;
SELECT * FROM d;
-- ! 'DB.S.D' does not exist
UNDROP DYNAMIC TABLE d;
SELECT n FROM d;
-- > 5
SELECT n, METADATA$ACTION FROM sd ORDER BY n;
-- > 4 | DELETE
-- > 5 | INSERT
SHOW DYNAMIC TABLES ->> SELECT "scheduling_state", "data_timestamp"::DATE = '2026-03-01' FROM $1;
-- > RUNNING | True

-- a schema comes back with all that lay in it; tasks stand still, and say why
CREATE SCHEMA sub;
CREATE TABLE watched (a INT);
CREATE STREAM ss ON TABLE watched;
CREATE SEQUENCE q;
CREATE FILE FORMAT f TYPE = CSV SKIP_HEADER = 1;
CREATE STAGE st;
CREATE VIEW w2 AS SELECT a FROM watched;
CREATE VIEW w1 AS SELECT a FROM w2;
CREATE PROCEDURE p() RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN ''here''; END';
COPY INTO @st/one.csv FROM (SELECT 'kept') FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE;
INSERT INTO watched VALUES (1);
SELECT q.NEXTVAL;
-- > 1
CREATE TASK one WAREHOUSE = w SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK two WAREHOUSE = w AFTER one AS SELECT 2;
CREATE TASK still WAREHOUSE = w AS SELECT 3;
ALTER TASK two RESUME;
ALTER TASK one RESUME;
GRANT USAGE ON SCHEMA sub TO ROLE PUBLIC;
DROP SCHEMA db.sub;
SELECT * FROM db.sub.watched;
-- ! does not exist or not authorized
-- tick 2026-03-01 12:00:00
SHOW SCHEMAS HISTORY LIKE 'sub' IN DATABASE db ->> SELECT "name", "dropped_on"::DATE::VARCHAR FROM $1;
-- > SUB | 2026-03-01
UNDROP SCHEMA db.sub;
-- > Schema SUB successfully restored.
USE SCHEMA db.sub;
SELECT a, METADATA$ACTION FROM ss;
-- > 1 | INSERT
SELECT q.NEXTVAL;
-- > 2
SELECT a FROM w1;
-- > 1
CALL p();
-- > here
SELECT $1 FROM @st/one.csv (FILE_FORMAT => f);
-- > (no rows)
SHOW GRANTS ON SCHEMA sub ->> SELECT "grantee_name" FROM $1 WHERE "privilege" = 'USAGE';
-- > PUBLIC
SHOW TASKS ->> SELECT "name", "state", "last_suspended_reason", "predecessors" FROM $1 ORDER BY "name";
-- > ONE | suspended | SCHEMA_OR_DATABASE_DELETED | []
-- > STILL | suspended | NULL | []
-- > TWO | suspended | SCHEMA_OR_DATABASE_DELETED | ["DB.SUB.ONE"]
ALTER TASK two RESUME;
ALTER TASK one RESUME;
-- tick 2026-03-01 13:00:00
SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE STATE = 'SUCCEEDED' ORDER BY NAME;
-- > ONE | SUCCEEDED
-- > TWO | SUCCEEDED
ALTER TASK one SUSPEND;

-- proves A.7 "last_suspended_reason: USER_SUSPENDED, SCHEMA_OR_DATABASE_DELETED"
-- (GRANT_OWNERSHIP, SUSPENDED_DUE_TO_ERRORS, CHILD_BECAME_ROOT and FINALIZER_BECAME_ROOT have cases of their own)
SHOW TASKS ->> SELECT "name", "last_suspended_reason" FROM $1 ORDER BY "name";
-- > ONE | USER_SUSPENDED
-- > STILL | NULL
-- > TWO | NULL
-- a task whose owner is gone belongs to the role that brings it back
CREATE ROLE maker;
GRANT OWNERSHIP ON TASK still TO ROLE maker;
DROP SCHEMA sub;
DROP ROLE maker;
UNDROP SCHEMA db.sub;
SHOW TASKS IN SCHEMA db.sub ->> SELECT "name", "last_suspended_reason", "owner" FROM $1 WHERE "name" = 'STILL';
-- > STILL | MATCHING_OWNER_NOT_FOUND | ACCOUNTADMIN

-- a table that was dropped before its schema, and a schema that has another name since
USE SCHEMA db.sub;
DROP TABLE watched;
DROP SCHEMA db.sub;
UNDROP SCHEMA db.sub;
UNDROP TABLE db.sub.watched;
SELECT a FROM db.sub.ss;
-- > 1
CREATE SCHEMA old;
CREATE TABLE moved AS SELECT 3 AS a;
DROP TABLE moved;
ALTER SCHEMA old RENAME TO new;
CREATE SCHEMA old;
UNDROP TABLE db.old.moved;
-- ! did not exist or was purged
UNDROP TABLE db.new.moved;
SELECT a FROM db.new.moved;
-- > 3

-- a view is read by name: it is whole again as soon as there is what it reads
CREATE SCHEMA db.views;
CREATE TABLE db.s.below (a INT);
CREATE VIEW db.views.v1 AS SELECT a FROM db.s.below;
CREATE VIEW db.views.v2 AS SELECT a + 1 AS b FROM db.views.v1;
CREATE STREAM db.views.st ON VIEW db.views.v2;
DROP SCHEMA db.views;
DROP TABLE db.s.below;
UNDROP SCHEMA db.views;
CREATE SCHEMA db.views_copy CLONE db.views;
SELECT * FROM db.views.v2;
-- ! Object 'DB.S.BELOW' does not exist
SELECT * FROM db.views.st;
-- ! Base table 'DB.S.BELOW' dropped, cannot read from stream 'DB.VIEWS.ST'
UNDROP TABLE db.s.below;
INSERT INTO db.s.below VALUES (7);
SELECT (SELECT b FROM db.views.v2), (SELECT b FROM db.views_copy.v2), (SELECT b FROM db.views.st);
-- > 8 | 8 | 8
DROP TABLE db.s.below;
CREATE TABLE db.s.below (a INT);
SELECT COUNT(*) FROM db.views.v2;
-- > 0
DROP TABLE db.s.below;
DROP SCHEMA db.views;
DROP SCHEMA db.views_copy;

-- a whole database
DROP DATABASE db;
SHOW DATABASES HISTORY ->> SELECT "name", "dropped_on" IS NULL FROM $1;
-- > DB | False
UNDROP TABLE db.s.t;
-- ! does not exist or not authorized
UNDROP DATABASE db;
SELECT COUNT(*) FROM db.s.t;
-- > 5
SELECT a FROM db.sub.w1;
-- > 1
USE SCHEMA db.s;

-- the account's clock says how long
DROP TABLE t;
-- tick 2026-03-02 12:59:00
UNDROP TABLE t;
DROP TABLE t;
-- tick 2026-03-03 13:00:00
SHOW TABLES HISTORY LIKE 't' ->> SELECT COUNT(*) FROM $1;
-- > 0
UNDROP TABLE t;
-- ! did not exist or was purged
CREATE TABLE long_kept (a INT) DATA_RETENTION_TIME_IN_DAYS = 30;
DROP TABLE long_kept;
-- tick 2026-04-01 13:00:00
UNDROP TABLE long_kept;
