-- reference D.2, B.1 to B.3
-- file a.csv
-- | 1
-- file b.csv
-- | 22
-- proves D.1 "DIRECTORY = (ENABLE = .. [REFRESH_ON_CREATE = TRUE]"
CREATE STAGE st DIRECTORY = (ENABLE = TRUE);
-- > Stage area ST successfully created.
PUT file://{folder}/a.csv @st/in/ AUTO_COMPRESS = FALSE;
-- proves D.2 "SELECT FROM DIRECTORY(@s): RELATIVE_PATH, SIZE"
SELECT * FROM DIRECTORY(@st);
-- > (no rows)
-- proves B.1 "| ON STAGE s | COMMENT only; stage needs DIRECTORY=(ENABLE=TRUE) |"
CREATE STREAM changed ON STAGE st COMMENT = 'files';
SHOW STREAMS LIKE 'changed' ->> SELECT "table_name", "source_type", "mode", "stale" FROM $1;
-- > DB.S.ST | Stage | DEFAULT | false
SELECT SYSTEM$STREAM_HAS_DATA('changed');
-- > False
-- proves D.2 "Refresh: ALTER STAGE s REFRESH [SUBPATH = '..']"
ALTER STAGE st REFRESH SUBPATH = 'out';
-- > (no rows)
ALTER STAGE st REFRESH;
-- > in/a.csv | REGISTERED_NEW | File registered successfully.
ALTER STAGE st REFRESH;
-- > (no rows)
SELECT RELATIVE_PATH, SIZE, MD5 = ETAG, LAST_MODIFIED <= CURRENT_TIMESTAMP(), FILE_URL FROM DIRECTORY(@st) AS d;
-- > in/a.csv | 2 | True | True | https://local.snowflakecomputing.com/api/files/DB/S/ST/in/a.csv
-- proves B.2 "Stage streams: RELATIVE_PATH, SIZE, LAST_MODIFIED, MD5, ETAG, FILE_URL + the metadata columns."
SELECT RELATIVE_PATH, SIZE, METADATA$ACTION, METADATA$ISUPDATE, METADATA$ROW_ID = '' FROM changed;
-- > in/a.csv | 2 | INSERT | False | True
SELECT SYSTEM$STREAM_HAS_DATA('changed');
-- > True
-- proves D.2 "Streams on a stage see only refreshed changes."
CREATE TABLE seen (path VARCHAR, action VARCHAR);
INSERT INTO seen SELECT RELATIVE_PATH, METADATA$ACTION FROM changed;
PUT file://{folder}/b.csv @st/in/ AUTO_COMPRESS = FALSE;
REMOVE @st/in/a.csv;
SELECT COUNT(*) FROM changed;
-- > 0
ALTER STAGE st REFRESH;
-- > in/a.csv | UNREGISTERED | File unregistered successfully.
-- > in/b.csv | REGISTERED_NEW | File registered successfully.
SELECT RELATIVE_PATH, METADATA$ACTION FROM changed ORDER BY 1;
-- > in/a.csv | DELETE
-- > in/b.csv | INSERT
-- a task that waits for the stream starts after a refresh
CREATE TASK notes WAREHOUSE = w WHEN SYSTEM$STREAM_HAS_DATA('changed') AS INSERT INTO seen SELECT RELATIVE_PATH, METADATA$ACTION FROM changed;
ALTER TASK notes RESUME;
-- wait
SELECT * FROM seen ORDER BY 1, 2;
-- > in/a.csv | DELETE
-- > in/a.csv | INSERT
-- > in/b.csv | INSERT
SELECT RELATIVE_PATH FROM DIRECTORY('@db.s.st') WHERE SIZE > 1;
-- > in/b.csv
SELECT * FROM DIRECTORY(@st/in);
-- ! a stage without a path is expected
SHOW STAGES LIKE 'st' ->> SELECT "directory_enabled" FROM $1;
-- > Y
DESC STAGE st ->> SELECT "property_value" FROM $1 WHERE "parent_property" = 'DIRECTORY';
-- > true
CREATE STAGE plain;
SELECT * FROM DIRECTORY(@plain);
-- ! Directory table is not enabled for stage DB.S.PLAIN
ALTER STAGE plain REFRESH;
-- ! Directory table is not enabled
CREATE STREAM bad ON STAGE plain;
-- ! Directory table is not enabled
CREATE STREAM bad ON STAGE st APPEND_ONLY = TRUE;
-- ! APPEND_ONLY of a stream on a stage
ALTER STAGE plain SET DIRECTORY = (ENABLE = TRUE);
SELECT COUNT(*) FROM DIRECTORY(@plain);
-- > 0
CREATE OR ALTER STAGE st DIRECTORY = (ENABLE = TRUE) COMMENT = 'new';
SELECT RELATIVE_PATH FROM DIRECTORY(@st);
-- > in/b.csv
ALTER STAGE st SET DIRECTORY = (ENABLE = FALSE);
-- ! not supported by the local account: DIRECTORY = (ENABLE = FALSE)
CREATE STAGE other DIRECTORY = (ENABLE = TRUE AUTO_REFRESH = TRUE);
-- ! not supported by the local account: DIRECTORY = (AUTO_REFRESH = TRUE)
CREATE STAGE other URL = 's3://b/' DIRECTORY = (ENABLE = TRUE);
-- ! not supported by the local account: the directory table of an external stage
-- proves D.1 "| directory table | emptied; REFRESH again |"
-- proves D.1 "| stream on the stage | invalid |"
CREATE OR REPLACE STAGE st DIRECTORY = (ENABLE = TRUE);
SELECT * FROM DIRECTORY(@st);
-- > (no rows)
SELECT * FROM changed;
-- ! 002003
