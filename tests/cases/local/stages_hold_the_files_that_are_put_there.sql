-- file a.csv
-- | 1,one
-- file ab.csv
-- | 2,two
-- proves D.1 "CREATE [OR REPLACE] [TEMP[ORARY]] STAGE [IF NOT EXISTS] <n>"
-- proves D.1 "-- internal: [ ENCRYPTION"
CREATE STAGE st ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE') COMMENT = 'files';
-- > Stage area ST successfully created.
CREATE STAGE IF NOT EXISTS st;
-- > ST already exists, statement succeeded.
CREATE STAGE st;
-- ! 002002 (42710)
-- proves D.1 "| Validation | CREATE STAGE does not test URL or credentials."
-- proves D.1 "-- external: URL"
CREATE STAGE ext URL = 's3://nobody-has-this/x/' CREDENTIALS = (AWS_KEY_ID = 'made', AWS_SECRET_KEY = 'up') ENDPOINT = 'here.example';
-- > Stage area EXT successfully created.
-- proves D.1 "| Not shown by SHOW/DESC |"
SHOW STAGES LIKE 'EXT' ->> SELECT "url", "has_credentials", "has_encryption_key", "type" FROM $1;
-- > s3://nobody-has-this/x/ | Y | N | EXTERNAL
DESCRIBE STAGE ext ->> SELECT COUNT(*) FROM $1 WHERE "property_value" LIKE '%made%';
-- > 0
-- proves D.1 "| SHOW STAGES | created_on, name"
SHOW STAGES LIKE 'ST' ->> SELECT "name", "database_name", "schema_name", "url", "owner", "comment", "region", "type", "cloud",
  "storage_integration", "notification_channel", "endpoint", "owner_role_type", "directory_enabled" FROM $1;
-- > ST | DB | S |  | ACCOUNTADMIN | files | NULL | INTERNAL | NULL | NULL | NULL | NULL | ROLE | N
-- proves D.1 "[ FILE_FORMAT = ( FORMAT_NAME = '..' | TYPE = .. opts ) ] [ COPY_OPTIONS"
-- proves D.1 "| DESC STAGE | rows parent_property, property"
CREATE STAGE piped FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|') COPY_OPTIONS = (ON_ERROR = CONTINUE) COMMENT = 'c' WITH TAG (x = 'y');
-- ! 002003
CREATE TAG x;
CREATE STAGE piped FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|') COPY_OPTIONS = (ON_ERROR = CONTINUE) COMMENT = 'c' WITH TAG (x = 'y');
DESCRIBE STAGE piped ->> SELECT "parent_property", "property", "property_type", "property_value", "property_default" FROM $1
  WHERE "property" IN ('FIELD_DELIMITER', 'SKIP_HEADER', 'ON_ERROR', 'URL', 'ENABLE') ORDER BY 2;
-- > DIRECTORY | ENABLE | Boolean | false | false
-- > STAGE_FILE_FORMAT | FIELD_DELIMITER | String | | | ,
-- > STAGE_COPY_OPTIONS | ON_ERROR | String | CONTINUE | NULL
-- > STAGE_FILE_FORMAT | SKIP_HEADER | String | 0 | 0
-- > STAGE_LOCATION | URL | String |  |
-- proves D.1 "| @n, @db.sch.n/path/ | named stage; path is a prefix match"
PUT file://{folder}/a.csv @st AUTO_COMPRESS = FALSE;
PUT file://{folder}/ab.csv @db.s.st/sub/ AUTO_COMPRESS = FALSE;
PUT file://{folder}/ab.csv @st AUTO_COMPRESS = FALSE;
LIST @st/a;
SELECT "name", "size", "md5" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID())) ORDER BY 1;
-- > st/a.csv | 6 | 595ad8a5d86c8595a99159ad69aaaee0
-- > st/ab.csv | 6 | 098f8fe73388105e99c9d32b93089208
LS @st/A;
-- > (no rows)
LIST @st/./a;
-- > (no rows)
LIST @st/sub/../a;
-- > (no rows)
-- proves D.1 "DROP STAGE LIST/LS @n[/path] [PATTERN='..'] REMOVE/RM PUT/GET (client only) COPY FILES INTO"
LIST @st PATTERN = '.*ab.*' ->> SELECT "name" FROM $1 ORDER BY 1;
-- > st/ab.csv
-- > st/sub/ab.csv
CREATE STAGE other;
COPY FILES INTO @other/kept/ FROM @st PATTERN = '.*b[.]csv';
-- > kept/ab.csv
-- > kept/sub/ab.csv
COPY FILES INTO @other FROM @st/sub/ FILES = ('ab.csv');
-- > ab.csv
GET @other/ab.csv file://{folder};
-- > ab.csv | 6 | DOWNLOADED |
GET @other/ab.csv file://{folder}/nowhere;
-- ! The local path does not exist
RM @other/kept PATTERN = '.*sub.*';
-- > other/kept/sub/ab.csv | removed
REMOVE @other/kept;
-- > other/kept/ab.csv | removed
DROP STAGE other;
LIST @other;
-- ! 002003
-- proves D.1 "| @%t | table stage: no grants, cannot be altered or dropped, no transformation SELECT in COPY, goes with the table"
-- proves D.4 "FROM may be omitted for the table stage."
-- proves D.4 "FROM { @stage[/path] | @%t | @~ |"
CREATE TABLE t (id INT, v VARCHAR);
PUT file://{folder}/a.csv @%t AUTO_COMPRESS = FALSE;
-- > a.csv | a.csv | 6 | 6 | NONE | NONE | UPLOADED |
LIST @db.s.%t ->> SELECT "name" FROM $1;
-- > a.csv
COPY INTO t;
-- > a.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
COPY INTO t FROM @%t;
-- > Copy executed with 0 files processed.
COPY INTO t FROM (SELECT $1, $2 FROM @%t);
-- ! a COPY from the stage of a table takes no transformation
DROP STAGE "%t";
-- ! 002003
GRANT READ ON STAGE "%T" TO ROLE PUBLIC;
-- ! 002003
DROP TABLE t;
LIST @%t;
-- ! 002003
CREATE TABLE t (id INT, v VARCHAR);
LIST @%t;
-- > (no rows)
-- proves D.1 "| @~ | user stage |"
PUT file://{folder}/ab.csv @~/mine AUTO_COMPRESS = FALSE;
COPY INTO t FROM @~/mine;
-- > mine/ab.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
LIST @~ ->> SELECT "name" FROM $1;
-- > mine/ab.csv
REMOVE @~/mine;
-- > mine/ab.csv | removed
-- proves D.1 "CREATE OR ALTER STAGE .. ALTER STAGE n {SET .."
CREATE OR ALTER STAGE st COMMENT = 'new';
ALTER STAGE st SET FILE_FORMAT = (TYPE = JSON);
ALTER STAGE st RENAME TO st2;
ALTER STAGE st2 SET TAG x = 'z';
ALTER STAGE st2 UNSET TAG x;
ALTER STAGE st2 RENAME TO st;
LIST @st/ab ->> SELECT "name" FROM $1;
-- > st/ab.csv
-- proves D.1 "| CREATE OR ALTER STAGE | internal↔external"
CREATE OR ALTER STAGE st URL = 's3://b/';
-- ! a stage cannot be altered between internal and external
SHOW STAGES LIKE 'ST' ->> SELECT "comment" FROM $1;
-- > new
CREATE OR ALTER STAGE st;
SHOW STAGES LIKE 'ST' ->> SELECT "comment" FROM $1;
-- >
-- proves D.1 "| GET_DDL | not supported for stages |"
SELECT GET_DDL('STAGE', 'st');
-- !
-- proves D.1 "| grants, tags | lost |"
-- proves D.1 "| pipes | state STOPPED_STAGE_DROPPED"
-- proves D.1 "| table load metadata | not lost"
CREATE ROLE reader;
GRANT READ ON STAGE st TO ROLE reader;
CREATE PIPE p AS COPY INTO t FROM @st;
CREATE OR REPLACE STAGE st;
SHOW GRANTS ON STAGE st ->> SELECT COUNT(*) FROM $1 WHERE "grantee_name" = 'READER';
-- > 0
SELECT SYSTEM$PIPE_STATUS('p') LIKE '%STOPPED_STAGE_DROPPED%';
-- > True
LIST @st;
-- > (no rows)
