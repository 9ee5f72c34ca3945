-- file a.csv
-- | 1
-- file b.csv
-- | 2
CREATE STAGE st;
CREATE TABLE t (id INT);
PUT file://{folder}/a.csv @st/in AUTO_COMPRESS = FALSE;
-- proves D.6 "CREATE [OR REPLACE] PIPE [IF NOT EXISTS] n [AUTO_INGEST = TRUE|FALSE]"
CREATE PIPE p AUTO_INGEST = FALSE COMMENT = 'c' AS COPY INTO t FROM @st/in/ PATTERN = 'in/.*[.]csv' FILE_FORMAT = (TYPE = CSV);
-- > Pipe P successfully created.
CREATE PIPE IF NOT EXISTS p AS COPY INTO t FROM @st;
-- > P already exists, statement succeeded.
CREATE PIPE p AS COPY INTO t FROM @st;
-- ! 002002 (42710)
-- proves D.6 "| PATTERN | applied to the path after the stage URL incl. pipe path |"
ALTER PIPE p REFRESH;
-- > in/a.csv | SENT
-- wait
SELECT COUNT(*) FROM t;
-- > 1
-- proves D.6 "CREATE OR ALTER PIPE (preview): only PIPE_EXECUTION_PAUSED and COMMENT may differ"
CREATE OR ALTER PIPE p COMMENT = 'new' AS COPY INTO t FROM @st/in/ PATTERN = 'in/.*[.]csv' FILE_FORMAT = (TYPE = CSV);
CREATE OR ALTER PIPE p AS COPY INTO t FROM @st;
-- ! CREATE OR ALTER PIPE cannot change the COPY of a pipe
-- proves D.6 "SHOW PIPES: created_on, name, database_name, schema_name, definition"
-- proves D.6 "INFORMATION_SCHEMA.PIPES exists. definition = the COPY text as written."
SHOW PIPES ->> SELECT "name", "database_name", "schema_name", "definition", "owner", "notification_channel", "comment", "integration", "pattern",
  "error_integration", "owner_role_type", "invalid_reason", "kind" FROM $1;
-- > P | DB | S | COPY INTO t FROM @st/in/ PATTERN = 'in/.*[.]csv' FILE_FORMAT = (TYPE = CSV) | ACCOUNTADMIN | NULL | new | NULL | in/.*[.]csv | NULL | ROLE | NULL | STAGE
SELECT PIPE_NAME, DEFINITION LIKE 'COPY INTO t FROM%' FROM INFORMATION_SCHEMA.PIPES;
-- > P | True
-- proves D.6 "ALTER PIPE [IF EXISTS] n { SET PIPE_EXECUTION_PAUSED=TRUE|FALSE, COMMENT | REFRESH [PREFIX='..'] [MODIFIED_AFTER='ts']"
ALTER PIPE IF EXISTS nope REFRESH;
-- > Statement executed successfully.
ALTER PIPE p SET PIPE_EXECUTION_PAUSED = TRUE COMMENT = 'paused';
ALTER PIPE p SET PIPE_EXECUTION_PAUSED = FALSE;
PUT file://{folder}/b.csv @st/in AUTO_COMPRESS = FALSE;
ALTER PIPE p REFRESH PREFIX = 'a';
-- > (no rows)
ALTER PIPE p REFRESH MODIFIED_AFTER = '2100-01-01T00:00:00Z';
-- > (no rows)
-- proves D.6 "| Safe replace | pause → wait for SYSTEM$PIPE_STATUS pendingFileCount 0 → replace"
ALTER PIPE p SET PIPE_EXECUTION_PAUSED = TRUE;
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('p')):pendingFileCount::INT;
-- > 0
CREATE OR REPLACE PIPE p AS COPY INTO t FROM @st/in/ FILE_FORMAT = (TYPE = CSV);
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('p')):executionState::VARCHAR;
-- > RUNNING
ALTER PIPE p REFRESH PREFIX = 'b';
-- > in/b.csv | SENT
-- wait
SELECT id FROM t ORDER BY id;
-- > 1
-- > 2
-- proves D.7 "STATUS: Loaded, Load failed, Partially loaded, Load in progress, Load skipped (mixed case, unlike the COPY result)."
SELECT FILE_NAME, STATUS, PIPE_NAME, PIPE_SCHEMA_NAME FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'T',
  START_TIME => DATEADD(HOUR, -1, CURRENT_TIMESTAMP()), PIPE_NAME => 'db.s.p'));
-- > in/b.csv | Loaded | P | S
-- proves D.7 "LOAD_HISTORY view: bulk only, 14 days, 10 000 rows."
SELECT COUNT(*) FROM INFORMATION_SCHEMA.LOAD_HISTORY;
-- > 0
COPY INTO t FROM @st/in/ FILES = ('a.csv');
SELECT SCHEMA_NAME, TABLE_NAME, FILE_NAME, STATUS, ROW_COUNT FROM INFORMATION_SCHEMA.LOAD_HISTORY;
-- > S | T | in/a.csv | LOADED | 1
-- proves D.7 "ACCOUNT_USAGE.COPY_HISTORY ~2 h (up to 2 days for little-used tables); ACCOUNT_USAGE.LOAD_HISTORY 90 min."
SELECT TABLE_NAME, FILE_NAME, PIPE_NAME FROM SNOWFLAKE.ACCOUNT_USAGE.COPY_HISTORY ORDER BY 2, 3;
-- > T | in/a.csv | P
-- > T | in/a.csv | NULL
-- > T | in/b.csv | P
SELECT COUNT(*) FROM SNOWFLAKE.ACCOUNT_USAGE.LOAD_HISTORY;
-- > 1
-- tick 15 days
SELECT COUNT(*) FROM INFORMATION_SCHEMA.LOAD_HISTORY;
-- > 0
-- proves D.6 "| Paused > 14 days | stale: SELECT SYSTEM$PIPE_FORCE_RESUME"
ALTER PIPE p SET PIPE_EXECUTION_PAUSED = TRUE;
-- tick 15 days
ALTER PIPE p SET PIPE_EXECUTION_PAUSED = FALSE;
-- ! is stale: it was paused for more than 14 days
SELECT SYSTEM$PIPE_FORCE_RESUME('p', 'staleness_check_override');
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('p')):executionState::VARCHAR;
-- > RUNNING
-- Files that were staged more than seven days ago REFRESH does not see.
ALTER PIPE p REFRESH;
-- > (no rows)
-- proves D.6 "| Ownership | pipe must be paused before GRANT OWNERSHIP; no bulk GRANT for pipes |"
CREATE ROLE other;
GRANT OWNERSHIP ON PIPE p TO ROLE other COPY CURRENT GRANTS;
-- !

-- proves D.6 "| Clone | only pipes on external stages are cloned, paused (STOPPED_CLONED when AUTO_INGEST) |"
CREATE SCHEMA whole;
CREATE TABLE into_it (a INT);
CREATE STAGE inside;
CREATE STAGE bucket URL = 's3://bucket/x/';
CREATE PIPE from_inside AS COPY INTO into_it FROM @inside;
CREATE PIPE from_bucket AS COPY INTO into_it FROM @bucket;
CREATE PIPE told AUTO_INGEST = TRUE AS COPY INTO into_it FROM @bucket;
CREATE SCHEMA copied CLONE whole;
SHOW PIPES IN SCHEMA copied ->> SELECT "name" FROM $1 ORDER BY "name";
-- > FROM_BUCKET
-- > TOLD
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('copied.from_bucket')):executionState::VARCHAR, PARSE_JSON(SYSTEM$PIPE_STATUS('copied.told')):executionState::VARCHAR;
-- > PAUSED | STOPPED_CLONED
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('whole.told')):executionState::VARCHAR;
-- > RUNNING
ALTER PIPE copied.told SET PIPE_EXECUTION_PAUSED = FALSE;
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('copied.told')):executionState::VARCHAR;
-- > RUNNING
DROP TABLE whole.into_it;
SELECT PARSE_JSON(SYSTEM$PIPE_STATUS('copied.told')):executionState::VARCHAR, PARSE_JSON(SYSTEM$PIPE_STATUS('whole.told')):executionState::VARCHAR;
-- > RUNNING | STOPPED_MISSING_TABLE
