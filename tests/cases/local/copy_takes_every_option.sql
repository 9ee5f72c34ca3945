-- file a.csv
-- | 1,one
-- file b.csv
-- | 2,two
-- file c.csv
-- | 3,three
-- file names.csv
-- | ID,note,V
-- | 7,x,seven
-- file names.json
-- | {"id": 8, "V": "eight", "extra": true}
-- | {"id": 9}
CREATE STAGE st;
CREATE TABLE t (id INT, v VARCHAR(5) DEFAULT 'none');
PUT file://{folder}/a.csv @st AUTO_COMPRESS = FALSE;
PUT file://{folder}/b.csv @st AUTO_COMPRESS = FALSE;
PUT file://{folder}/c.csv @st AUTO_COMPRESS = FALSE;
-- proves D.4 "| SIZE_LIMIT | none"
COPY INTO t FROM @st SIZE_LIMIT = 1;
-- > st/a.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
COPY INTO t FROM @st SIZE_LIMIT = 6 FORCE = TRUE;
-- > st/a.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
-- > st/b.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
TRUNCATE TABLE t;
-- proves D.4 "| PURGE | FALSE"
COPY INTO t FROM @st PATTERN = 'b.*' PURGE = TRUE;
-- > st/b.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
LIST @st/b;
-- > (no rows)
-- proves D.4 "| RETURN_FAILED_ONLY | FALSE"
CREATE TABLE numbers (id INT, n INT);
COPY INTO numbers FROM @st RETURN_FAILED_ONLY = TRUE ON_ERROR = SKIP_FILE;
-- > st/a.csv | LOAD_FAILED | 1 | 0 | 1 | 1 | Numeric value 'one' is not recognized | 1 | 3 | "NUMBERS"["N":2]
-- > st/c.csv | LOAD_FAILED | 1 | 0 | 1 | 1 | Numeric value 'three' is not recognized | 1 | 3 | "NUMBERS"["N":2]
COPY INTO t FROM @st RETURN_FAILED_ONLY = TRUE;
-- > (no rows)
-- proves D.4 "| ENFORCE_LENGTH / TRUNCATECOLUMNS | TRUE / FALSE"
-- proves E.6 "100078 (22000)"
CREATE TABLE short (id INT, v VARCHAR(3));
COPY INTO short FROM @st;
-- ! 100078 (22000): String 'three' is too long and would be truncated
COPY INTO short FROM @st ENFORCE_LENGTH = FALSE;
COPY INTO short FROM @st TRUNCATECOLUMNS = TRUE FORCE = TRUE;
SELECT * FROM short ORDER BY id;
-- > 1 | one
-- > 1 | one
-- > 3 | thr
-- > 3 | thr
-- proves D.4 "| MATCH_BY_COLUMN_NAME | NONE"
PUT file://{folder}/names.csv @st/names;
PUT file://{folder}/names.json @st/json;
TRUNCATE TABLE t;
COPY INTO t FROM @st/names FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE;
-- > st/names/names.csv.gz | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
COPY INTO t FROM @st/json FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;
COPY INTO t FROM @st/json FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE FORCE = TRUE;
SELECT * FROM t ORDER BY id, v;
-- > 7 | seven
-- > 8 | eight
-- > 9 | NULL
-- > NULL | eight
-- > NULL | NULL
COPY INTO t FROM (SELECT $1, $2 FROM @st) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE;
-- ! match_by_column_name is not supported with copy transform.
COPY INTO t FROM @st/json FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE VALIDATION_MODE = RETURN_ERRORS;
-- ! match_by_column_name is not supported with validation mode.
COPY INTO t FROM @st/names FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE FORCE = TRUE;
-- ! not supported by the local account: matching the 3 columns
-- proves D.4 "| INCLUDE_METADATA | – | (col = METADATA$FILENAME, ..)"
CREATE TABLE told (id INT, place VARCHAR, line INT);
COPY INTO told FROM @st/json FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE
  INCLUDE_METADATA = (place = METADATA$FILENAME, line = METADATA$FILE_ROW_NUMBER);
SELECT * FROM told ORDER BY id;
-- > 8 | json/names.json.gz | 1
-- > 9 | json/names.json.gz | 2
COPY INTO told FROM @st INCLUDE_METADATA = (place = METADATA$FILENAME);
-- ! INCLUDE_METADATA is only supported with MATCH_BY_COLUMN_NAME
-- refuses D.4 "| CLUSTER_AT_INGEST_TIME, LOAD_MODE"
COPY INTO t FROM @st LOAD_MODE = FULL_INGEST;
-- ! not supported by the local account: COPY option LOAD_MODE
COPY INTO t FROM @st CLUSTER_AT_INGEST_TIME = TRUE;
-- ! not supported by the local account: COPY option CLUSTER_AT_INGEST_TIME
-- proves D.3 "Precedence: COPY statement > stage > table stage definition."
-- proves D.3 "Options replace as a unit, they are not merged key by key."
-- file p.csv
-- | head
-- | 1|one
CREATE STAGE piped FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|' SKIP_HEADER = 1);
CREATE TABLE plain (id VARCHAR, v VARCHAR) STAGE_FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|' SKIP_HEADER = 1);
PUT file://{folder}/p.csv @piped;
PUT file://{folder}/p.csv @st/p;
PUT file://{folder}/p.csv @%plain;
COPY INTO plain FROM @piped;
COPY INTO plain FROM @st/p;
COPY INTO plain;
SELECT * FROM plain;
-- > 1 | one
-- > 1 | one
-- > 1 | one
COPY INTO plain FROM @piped FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|') FORCE = TRUE;
-- ! Number of columns in file (1) does not match that of the corresponding table (2)
CREATE STAGE lenient COPY_OPTIONS = (ON_ERROR = SKIP_FILE);
PUT file://{folder}/a.csv @lenient AUTO_COMPRESS = FALSE;
COPY INTO numbers FROM @lenient;
-- > lenient/a.csv | LOAD_FAILED | 1 | 0 | 1 | 1 | Numeric value 'one' is not recognized | 1 | 3 | "NUMBERS"["N":2]
COPY INTO numbers FROM @lenient FORCE = TRUE;
-- ! not supported by the local account: COPY_OPTIONS of stage DB.S.LENIENT beside options of the statement
