CREATE STAGE st;
-- refuses D.1 "| external tables on it | link is by hidden id"
CREATE EXTERNAL TABLE e LOCATION = @st FILE_FORMAT = (TYPE = CSV);
-- ! not supported by the local account: statement CREATE EXTERNAL TABLE
-- refuses D.2 "Functions: BUILD_SCOPED_FILE_URL, GET_PRESIGNED_URL"
SELECT * FROM TABLE(INFORMATION_SCHEMA.STAGE_DIRECTORY_FILE_REGISTRATION_HISTORY(STAGE_NAME => 'st'));
-- ! not supported by the local account: table function STAGE_DIRECTORY_FILE_REGISTRATION_HISTORY
CREATE FUNCTION m(x INT) RETURNS INT MEMOIZABLE AS 'x';
-- proves E.8 "| CREATE OR ALTER FUNCTION | supported; signature fixed |"
CREATE OR ALTER FUNCTION m(x INT) RETURNS INT AS 'x + 1';
-- > Function M successfully created.
CREATE OR ALTER FUNCTION m(x INT) RETURNS VARCHAR AS 'x + 1';
-- ! CREATE OR ALTER cannot change what function M returns
-- proves E.8 "| In policies, DTs, defaults | dropping a referenced function is allowed; users fail at run |"
CREATE VIEW uses_it AS SELECT 1 AS a;
CREATE MASKING POLICY pol AS (v INT) RETURNS INT -> m(v);
DROP FUNCTION m(INT);
-- > M successfully dropped.
CREATE TABLE t (id INT MASKING POLICY pol);
INSERT INTO t VALUES (1);
SELECT id FROM t;
-- ! not supported by the local account: reading DB.S.T.ID
-- refuses E.8 "| Aggregate UDF | CREATE AGGREGATE FUNCTION"
CREATE AGGREGATE FUNCTION ag(x INT) RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'h' AS 'x';
SELECT ag(1);
-- ! not supported by the local account: an aggregate function
