-- A statement with a query tag is found again by it (reference G.4): that is how a lost reply is settled.
-- tag snowdeploy/1/create table/0
CREATE TABLE T (A NUMBER);
-- tag snowdeploy/1/create table/1
SELECT NO_SUCH_COLUMN FROM T;
-- !
SELECT QUERY_TEXT, EXECUTION_STATUS, ERROR_CODE FROM TABLE(DB.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(RESULT_LIMIT => 10000))
WHERE QUERY_TAG = 'snowdeploy/1/create table/0';
-- > CREATE TABLE T (A NUMBER) | SUCCESS | NULL
SELECT EXECUTION_STATUS, ERROR_CODE FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY(RESULT_LIMIT => 10))
WHERE QUERY_TAG = 'snowdeploy/1/create table/1';
-- > FAILED_WITH_ERROR | 904
SELECT QUERY_ID FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(USER_NAME => 'somebody')) WHERE QUERY_TAG <> '';
-- > (no rows)
