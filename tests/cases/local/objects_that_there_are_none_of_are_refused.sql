-- TASK GRAPH is a preview, and lies over tasks that work without it: here there is none, and SHOW says so.
SHOW TASK GRAPHS;
-- > (no rows)
-- refuses A.16 "A first-class schema object that takes the graph-wide settings off the root task."
-- refuses A.16 "Member tasks are still made with CREATE/ALTER TASK and linked with AFTER"
-- refuses A.16 "[[WITH] TAG (..)] [WITH CONTACT (..)] [SCHEDULE = '..']"
-- refuses A.16 "[ERROR_INTEGRATION = ..] [SUCCESS_INTEGRATION = ..] [CONFIG = ..]"
-- refuses A.16 "[SUSPEND_TASK_AFTER_NUM_FAILURES = n] [COMMENT = ..] [TASK_DEFAULTS"
CREATE TASK GRAPH g SCHEDULE = '1 MINUTE';
-- ! not supported by the local account: statement CREATE TASK GRAPH
CREATE OR ALTER TASK GRAPH g CONFIG = '{}';
-- ! not supported by the local account: statement CREATE TASK GRAPH
-- refuses A.16 "| Staged edits |"
ALTER TASK GRAPH g COMMIT;
-- ! not supported by the local account: statement ALTER TASK GRAPH
SHOW COMMITTED TASKS;
-- ! not supported by the local account: statement SHOW COMMITTED
-- refuses A.16 "| Member removal |"
-- refuses A.16 "| DROP TASK GRAPH |"
DROP TASK GRAPH g;
-- ! not supported by the local account: statement DROP TASK GRAPH
-- refuses A.16 "| EXECUTE TASK GRAPH |"
EXECUTE TASK GRAPH g;
-- ! not supported by the local account: EXECUTE TASK GRAPH
-- refuses A.16 "| TASK_GRAPH_CHANGES |"
SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_GRAPH_CHANGES(TASK_GRAPH_NAME => 'g'));
-- ! not supported by the local account: table function TASK_GRAPH_CHANGES
DESCRIBE TASK GRAPH g;
-- ! not supported by the local account: statement DESCRIBE TASK GRAPH

-- shares
-- refuses B.6 "for shared (imported) tables only the provider's retention counts"
CREATE SHARE sh;
-- ! not supported by the local account: statement CREATE SHARE
CREATE DATABASE imported FROM SHARE provider.sh;
-- ! not supported by the local account: FROM SHARE of DATABASE

-- what streams cannot be on
-- refuses B.8 "Not possible at all: standard streams on tables with geospatial columns"
CREATE TABLE places (g GEOGRAPHY);
-- ! not supported by the local account: data type GEOGRAPHY
CREATE TABLE places (g GEOMETRY);
-- ! not supported by the local account: data type GEOMETRY
CREATE EXTERNAL TABLE e (a INT AS (VALUE:c1::INT)) LOCATION = @st FILE_FORMAT = (TYPE = CSV);
-- ! not supported by the local account: statement CREATE EXTERNAL TABLE
CREATE TABLE t (a INT);
CREATE MATERIALIZED VIEW mv AS SELECT a FROM t;
CREATE STREAM on_mv ON VIEW mv;
-- !

-- a level of logs is kept and inherited; there is no event table that it would fill
-- proves A.2 "| LOG_LEVEL | any | inheritable | Events to the event table. |"
CREATE TASK one SCHEDULE = '60 MINUTES' AS SELECT 1;
CREATE TASK two LOG_LEVEL = 'ERROR' AFTER one AS SELECT 1;
SHOW PARAMETERS LIKE 'LOG_LEVEL' FOR TASK one ->> SELECT "value", "level" FROM $1;
-- > OFF | 
ALTER SCHEMA s SET LOG_LEVEL = 'INFO';
SHOW PARAMETERS LIKE 'LOG_LEVEL' FOR TASK one ->> SELECT "value", "level" FROM $1;
-- > INFO | SCHEMA
SHOW PARAMETERS LIKE 'LOG_LEVEL' FOR TASK two ->> SELECT "value", "level" FROM $1;
-- > ERROR | TASK
CREATE EVENT TABLE events;
-- ! not supported by the local account: statement CREATE EVENT TABLE

-- the files of a bucket
-- refuses E.6 "| 091003 (22000) | failure using stage area |"
CREATE STAGE bucket URL = 's3://bucket/x/';
LIST @bucket;
-- ! not supported by the local account: the files of the external stage DB.S.BUCKET
COPY INTO t FROM @bucket;
-- ! not supported by the local account: the files of the external stage DB.S.BUCKET
COPY INTO @bucket FROM t;
-- ! not supported by the local account: the files of the external stage DB.S.BUCKET
