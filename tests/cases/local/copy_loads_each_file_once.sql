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
-- proves D.4 "COPY INTO [ns.]t [ (col, ..) ]"
-- proves D.4 "Result (one row per file)"
COPY INTO db.s.t FROM @st/in FILE_FORMAT = (TYPE = CSV);
-- > st/in/a.csv | LOADED | 2 | 2 | 1 | 0 | NULL | NULL | NULL | NULL
-- proves D.4 "No file to load: single column status"
-- proves D.4 "| Skip rule | same name"
-- proves D.4 "| Where | per table, 64 days"
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
-- proves D.4 "| Not lost by | DELETE, ALTER, rename."
CREATE TABLE twin CLONE t;
COPY INTO twin FROM @st/in FILE_FORMAT = (TYPE = CSV);
-- > st/in/a.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
-- > st/in/b.csv.gz | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
ALTER TABLE t ADD COLUMN extra INT;
ALTER TABLE t DROP COLUMN extra;
ALTER TABLE t RENAME TO u;
ALTER TABLE u RENAME TO t;
DELETE FROM t;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV);
-- > Copy executed with 0 files processed.
-- proves D.4 "| FORCE | FALSE"
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) FORCE = TRUE;
SELECT COUNT(*) FROM t;
-- > 2
-- proves D.4 "| Lost by | DROP, CREATE OR REPLACE TABLE, TRUNCATE"
-- proves D.8 "Key load metadata by table id"
-- proves D.7 "After TRUNCATE only later loads show."
TRUNCATE TABLE t;
SELECT COUNT(*) FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'T', START_TIME => DATEADD(HOUR, -1, CURRENT_TIMESTAMP())));
-- > 0
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV);
SELECT COUNT(*) FROM t;
-- > 2
CREATE OR REPLACE TABLE t (id INT, v VARCHAR);
-- proves D.4 "| Streams | rows loaded appear as INSERTs"
-- proves D.4 "[ PATTERN = '<regex>' ]"
CREATE STREAM s ON TABLE t;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) PATTERN = '.*b[.]csv.*';
SELECT id, METADATA$ACTION FROM s;
-- > 3 | INSERT
COPY INTO t FROM @st PATTERN = 'b[.]csv.*' FORCE = TRUE;
-- > Copy executed with 0 files processed.
-- proves D.4 "[ FILES = ('a', ..) ]"
COPY INTO t FROM @st/in/ FILES = ('a.csv') FILE_FORMAT = (TYPE = CSV);
SELECT COUNT(*) FROM t;
-- > 2
COPY INTO t FROM @st FILES = ('missing.csv') FILE_FORMAT = (TYPE = CSV);
-- ! missing.csv
-- proves D.8 "Emit result columns lower-case, COPY_HISTORY columns upper-case."
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
-- refuses D.1 "direct URL, external only"
COPY INTO t FROM 's3://bucket/x';
-- ! not supported by the local account: files outside of stages
BEGIN;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) FORCE = TRUE;
-- ! not supported
ROLLBACK;
-- a table that was made again is another one, also to a text that was seen before
CREATE OR REPLACE TABLE again (id INT, v VARCHAR);
COPY INTO again FROM @st/in FILE_FORMAT = (TYPE = CSV);
CREATE OR REPLACE TABLE again (id INT, v VARCHAR);
COPY INTO again FROM @st/in FILE_FORMAT = (TYPE = CSV);
-- > st/in/b.csv.gz | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
SELECT COUNT(*) FROM again;
-- > 1
