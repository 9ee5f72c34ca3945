-- reference B.1, B.2, B.5, B.9, B.10
-- clock 2026-03-01 09:00:00
CREATE TABLE t (id INT, v VARCHAR);
CREATE TABLE sink (id INT, v VARCHAR);
CREATE TABLE other (id INT);
CREATE TAG tg;
-- proves B.1 "CREATE [OR REPLACE] STREAM [IF NOT EXISTS] <n> [[WITH] TAG (..)] [COPY GRANTS] ON <source> ... [COMMENT = '..']"
CREATE STREAM st WITH TAG (tg = 'x') ON TABLE t COMMENT = 'mine';
CREATE STREAM IF NOT EXISTS st ON TABLE other;
-- > ST already exists, statement succeeded.
CREATE STREAM tagged TAG (no_such = 'x') ON TABLE t;
-- ! 002003
-- proves B.10 "SHOW STREAMS / DESCRIBE STREAM: created_on, name, database_name, schema_name, owner, comment, table_name"
-- proves B.10 "| table_name | fully qualified source |"
-- proves B.10 "| type | DELTA |"
-- proves B.10 "| stale | 'true'/'false' text |"
-- proves B.10 "| invalid_reason | N/A or text |"
SHOW STREAMS ->> SELECT "created_on" IS NOT NULL, "name", "database_name", "schema_name", "owner", "comment", "table_name", "source_type", "base_tables", "type", "stale", "mode", TO_VARCHAR("stale_after", 'YYYY-MM-DD'), "invalid_reason", "owner_role_type" FROM $1;
-- > True | ST | DB | S | ACCOUNTADMIN | mine | DB.S.T | Table | DB.S.T | DELTA | false | DEFAULT | 2026-03-15 | N/A | ROLE
DESCRIBE STREAM st ->> SELECT "name", "table_name" FROM $1;
-- > ST | DB.S.T
-- proves B.10 "TERSE: created_on, name, kind, database_name, schema_name, tableOn."
SHOW TERSE STREAMS ->> SELECT "created_on" IS NOT NULL, "name", "kind", "database_name", "schema_name", "tableOn" FROM $1;
-- > True | ST | NULL | DB | S | DB.S.T
-- proves B.10 "| mode | DEFAULT, APPEND_ONLY, INSERT_ONLY |"
-- proves B.10 "| source_type | Table, View, Stage, External Table, Dynamic Table, Event Table |"
CREATE STREAM appends ON TABLE t APPEND_ONLY = TRUE;
CREATE DYNAMIC TABLE dt SCHEDULER = DISABLE WAREHOUSE = w AS SELECT id FROM t;
CREATE STREAM on_dt ON DYNAMIC TABLE dt;
SHOW STREAMS ->> SELECT "name", "mode", "source_type" FROM $1 ORDER BY 1;
-- > APPENDS | APPEND_ONLY | Table
-- > ON_DT | DEFAULT | Dynamic Table
-- > ST | DEFAULT | Table
-- refuses B.10 "ACCOUNT_USAGE.STREAMS exists (2 h latency)."
SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.STREAMS;
-- ! not supported by the local account: SNOWFLAKE.ACCOUNT_USAGE.STREAMS
-- proves B.10 "No INFORMATION_SCHEMA view."
SELECT * FROM INFORMATION_SCHEMA.STREAMS;
-- !
-- proves B.10 "works, but AT/BEFORE, SHOW_INITIAL_ROWS and the offset are never shown"
CREATE STREAM init ON TABLE t SHOW_INITIAL_ROWS = TRUE COMMENT = 'i';
SELECT GET_DDL('STREAM', 'init');
-- > create or replace stream INIT on table DB.S.T COMMENT='i';
-- proves B.2 "Source columns plus the following, all of them included in SELECT *:"
-- proves B.2 "| METADATA$ACTION | VARCHAR | INSERT / DELETE |"
-- proves B.2 "| METADATA$ISUPDATE | BOOLEAN | TRUE for both halves of an update pair |"
INSERT INTO t VALUES (1, 'a');
SELECT * FROM st ->> SELECT ID, V, METADATA$ACTION, METADATA$ISUPDATE, LENGTH(METADATA$ROW_ID) FROM $1;
-- > 1 | a | INSERT | False | 40
-- proves B.2 "fails on column count (or silently loads metadata into matching columns)"
INSERT INTO sink SELECT * FROM st;
-- ! 002020
-- proves B.2 "stable, immutable row id (40 hex digits)"
SET id = (SELECT METADATA$ROW_ID FROM st);
UPDATE t SET v = 'b';
SELECT METADATA$ROW_ID = $id, v FROM st;
-- > True | b
INSERT INTO sink SELECT id, v FROM st;
UPDATE t SET v = 'c';
SELECT DISTINCT METADATA$ROW_ID = $id FROM st;
-- > True
-- refuses B.1 "| ON EXTERNAL TABLE x | AT/BEFORE, INSERT_ONLY = TRUE required |"
-- refuses B.2 "| METADATA$FILENAME | VARCHAR | external-table streams only |"
-- refuses B.3 "| INSERT_ONLY (external) | rows of newly registered files; overwritten file = new inserts; no deletes |"
CREATE STREAM bad ON EXTERNAL TABLE x INSERT_ONLY = TRUE;
-- ! not supported by the local account
CREATE STREAM bad ON TABLE t INSERT_ONLY = TRUE;
-- ! not supported by the local account: INSERT_ONLY
-- refuses B.1 "| ON EVENT TABLE e | AT/BEFORE, APPEND_ONLY, SHOW_INITIAL_ROWS |"
CREATE STREAM bad ON EVENT TABLE e;
-- ! not supported by the local account: a stream on EVENT TABLE
-- proves B.1 "ALTER STREAM [IF EXISTS] s {SET|UNSET} {COMMENT|TAG} is all that exists: no rename, no offset change, no mode change."
ALTER STREAM st SET COMMENT = 'other';
ALTER STREAM IF EXISTS nobody SET COMMENT = 'x';
-- > Statement executed successfully.
ALTER STREAM st SET TAG tg = 'v';
ALTER STREAM st UNSET TAG tg;
SHOW STREAMS LIKE 'st' ->> SELECT "comment" FROM $1;
-- > other
ALTER STREAM st UNSET COMMENT;
SHOW STREAMS LIKE 'st' ->> SELECT "comment" FROM $1;
-- > 
ALTER STREAM st RENAME TO x;
-- !
ALTER STREAM st SET APPEND_ONLY = TRUE;
-- ! only the comment can change
-- proves B.1 "| CREATE OR ALTER STREAM (preview) | only COMMENT may differ; source and mode are immutable |"
-- proves B.5 "| CREATE OR ALTER STREAM (comment only) | untouched |"
CREATE OR ALTER STREAM st ON TABLE t COMMENT = 'altered';
SELECT COUNT(*) FROM st;
-- > 2
SHOW STREAMS LIKE 'st' ->> SELECT "comment" FROM $1;
-- > altered
CREATE OR ALTER STREAM st ON TABLE other;
-- ! cannot change the source or the mode
CREATE OR ALTER STREAM st ON TABLE t APPEND_ONLY = TRUE;
-- ! cannot change the source or the mode
CREATE OR ALTER STREAM anew ON TABLE t;
-- > Stream ANEW successfully created.
-- proves B.1 "No UNDROP, no Time Travel on streams."
SELECT * FROM st AT (OFFSET => -1);
-- !
DROP STREAM anew;
UNDROP STREAM anew;
-- !
-- proves B.1 "Re-grant explicitly."
CREATE ROLE r;
GRANT SELECT ON STREAM st TO ROLE r;
CREATE OR REPLACE STREAM st ON TABLE t AT (STREAM => 'st');
SHOW GRANTS ON STREAM st ->> SELECT "privilege" FROM $1;
-- > OWNERSHIP
GRANT SELECT ON STREAM st TO ROLE r;
-- proves B.1 "used by a public tool to keep grants over OR REPLACE"
CREATE OR REPLACE STREAM st COPY GRANTS ON TABLE t AT (STREAM => 'st');
SHOW GRANTS ON STREAM st ->> SELECT "privilege" FROM $1 ORDER BY 1;
-- > OWNERSHIP
-- > SELECT
-- proves B.9 "SELECT on the stream and SELECT on the source table/view (and USAGE path; for stage: READ/USAGE)"
GRANT USAGE ON DATABASE db TO ROLE r;
GRANT USAGE ON SCHEMA s TO ROLE r;
USE ROLE r;
SELECT COUNT(*) FROM st;
-- !
USE ROLE ACCOUNTADMIN;
GRANT SELECT ON TABLE t TO ROLE r;
USE ROLE r;
SELECT COUNT(*) FROM st;
-- > 2
-- proves B.9 "| drop/alter | OWNERSHIP |"
DROP STREAM st;
-- ! 003001
ALTER STREAM st SET COMMENT = 'x';
-- ! 003001
-- proves B.9 "CREATE STREAM on schema, SELECT on source; OWNERSHIP of source for the first stream if change tracking is off"
CREATE STREAM theirs ON TABLE t;
-- ! 003001
USE ROLE ACCOUNTADMIN;
GRANT CREATE STREAM ON SCHEMA s TO ROLE r;
GRANT SELECT ON TABLE other TO ROLE r;
USE ROLE r;
CREATE STREAM theirs ON TABLE t;
-- > Stream THEIRS successfully created.
CREATE STREAM first_one ON TABLE other;
-- !
CREATE STREAM unseen ON TABLE sink;
-- !
USE ROLE ACCOUNTADMIN;
-- proves B.5 "| DROP + CREATE | lost, not recoverable |"
DROP STREAM st;
CREATE STREAM st ON TABLE t;
SELECT COUNT(*) FROM st;
-- > 0
-- refuses B.6 "| CHANGE_TRACKING = FALSE set on source | broken/stale |"
ALTER TABLE t SET CHANGE_TRACKING = FALSE;
-- ! not supported by the local account: CHANGE_TRACKING = FALSE of DB.S.T, which streams watch
CREATE TABLE tracked (x INT);
ALTER TABLE tracked SET CHANGE_TRACKING = TRUE;
SHOW TABLES LIKE 'tracked' ->> SELECT "change_tracking" FROM $1;
-- > ON
