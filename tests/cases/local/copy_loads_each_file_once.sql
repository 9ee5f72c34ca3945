-- reference D.4
-- file a.csv
-- | 1,one
-- | 2,two
-- file b.csv
-- | 3,three
CREATE STAGE st;
CREATE TABLE t (id INT, v VARCHAR);
PUT file://{folder}/a.csv @st/in AUTO_COMPRESS = FALSE;
-- > a.csv | a.csv | 12 | 12 | NONE | NONE | UPLOADED |
PUT file://{folder}/a.csv @st/in AUTO_COMPRESS = FALSE;
-- > a.csv | a.csv | 12 | 12 | NONE | NONE | SKIPPED |
COPY INTO t FROM @st/in FILE_FORMAT = (TYPE = CSV);
-- > st/in/a.csv | LOADED | 2 | 2 | 1 | 0 | NULL | NULL | NULL | NULL
COPY INTO t FROM @st/in FILE_FORMAT = (TYPE = CSV);
-- > Copy executed with 0 files processed.
PUT file://{folder}/b.csv @st/in;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV);
-- > st/in/b.csv.gz | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
SELECT * FROM t ORDER BY id;
-- > 1 | one
-- > 2 | two
-- > 3 | three
-- file a.csv
-- | 9,nine
PUT file://{folder}/a.csv @st/in AUTO_COMPRESS = FALSE OVERWRITE = TRUE;
COPY INTO t FROM @st/in FILE_FORMAT = (TYPE = CSV);
SELECT COUNT(*), MAX(id) FROM t;
-- > 4 | 9
DELETE FROM t;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV);
-- > Copy executed with 0 files processed.
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) FORCE = TRUE;
SELECT COUNT(*) FROM t;
-- > 2
TRUNCATE TABLE t;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV);
SELECT COUNT(*) FROM t;
-- > 2
CREATE OR REPLACE TABLE t (id INT, v VARCHAR);
CREATE STREAM s ON TABLE t;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) PATTERN = '.*b[.]csv.*';
SELECT id, METADATA$ACTION FROM s;
-- > 3 | INSERT
COPY INTO t FROM @st/in/ FILES = ('a.csv') FILE_FORMAT = (TYPE = CSV);
SELECT COUNT(*) FROM t;
-- > 2
COPY INTO t FROM @st FILES = ('missing.csv') FILE_FORMAT = (TYPE = CSV);
-- ! missing.csv
SELECT FILE_NAME, STATUS, ROW_COUNT, ROW_PARSED, ERROR_COUNT
  FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'T', START_TIME => DATEADD(HOUR, -1, CURRENT_TIMESTAMP()))) ORDER BY 1;
-- > in/a.csv | Loaded | 1 | 1 | 0
-- > in/b.csv.gz | Loaded | 1 | 1 | 0
LIST @st;
REMOVE @st/in/a.csv;
-- > st/in/a.csv | removed
COPY INTO t FROM @nope;
-- ! 002003
COPY INTO nope FROM @st;
-- ! 002003
COPY INTO @st FROM t;
-- ! not supported
COPY INTO t FROM @st VALIDATION_MODE = RETURN_ERRORS;
-- ! not supported
COPY INTO t FROM @st MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;
-- ! not supported
COPY INTO t FROM @st PURGE = TRUE;
-- ! not supported
COPY INTO t FROM @st SIZE_LIMIT = 5;
-- ! not supported
COPY INTO t FROM @st TRUNCATECOLUMNS = TRUE;
-- ! not supported
COPY INTO t FROM @st FILE_FORMAT = (TYPE = PARQUET);
-- ! not supported
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE);
-- ! not supported
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV DATE_FORMAT = 'DD.MM.YYYY');
-- ! not supported
COPY INTO t FROM 's3://bucket/x';
-- !
BEGIN;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) FORCE = TRUE;
-- ! not supported
ROLLBACK;
