-- file a.csv
-- | 1,one,x
-- | 2,two
-- file a.json
-- | {"n": {"m": 5}}
CREATE STAGE st;
CREATE SEQUENCE seq;
CREATE TABLE t (id INT, v VARCHAR, src VARCHAR DEFAULT 'left out', made INT, at_ VARCHAR);
PUT file://{folder}/*.csv @st/in AUTO_COMPRESS = FALSE;
PUT file://{folder}/*.json @st/json AUTO_COMPRESS = FALSE;
-- proves D.4 "| $n, $1:path::type, METADATA$ columns, casts"
-- proves D.4 "Omitted target columns get their DEFAULT (or NULL)."
-- proves D.4 "ERROR_ON_COLUMN_COUNT_MISMATCH is ignored with a transform."
-- proves D.4 "Duplicate references allowed."
COPY INTO t (id, v, made) FROM (
  SELECT f.$1::INT + f.$1::INT, CASE WHEN $3 IS NULL THEN UPPER($2) ELSE $2 || $3 END, seq.NEXTVAL FROM @st/in f);
SELECT * FROM t ORDER BY id;
-- > 2 | onex | left out | 1 | NULL
-- > 4 | TWO | left out | 2 | NULL
COPY INTO t (id) FROM (SELECT $1:n.m::INT FROM @st/json) FILE_FORMAT = (TYPE = JSON);
SELECT COUNT(*) FROM t WHERE id = 5;
-- > 1
COPY INTO t (id) FROM (SELECT $1 FROM @st/in ORDER BY 1) FORCE = TRUE;
-- ! ORDER is not allowed in a COPY transformation
COPY INTO t (id) FROM (SELECT $1 FROM @st/in LIMIT 1) FORCE = TRUE;
-- ! LIMIT is not allowed in a COPY transformation
COPY INTO t (id) FROM (SELECT $1 FROM @st/in JOIN t) FORCE = TRUE;
-- ! JOINS is not allowed in a COPY transformation
COPY INTO t (id) FROM (SELECT $1 FROM @st/in GROUP BY 1) FORCE = TRUE;
-- ! GROUP is not allowed in a COPY transformation
COPY INTO t (id) FROM (SELECT COUNT($1) FROM @st/in) FORCE = TRUE;
-- ! subqueries and aggregates are not allowed
COPY INTO t (id) FROM (SELECT (SELECT 1) FROM @st/in) FORCE = TRUE;
-- ! subqueries and aggregates are not allowed
COPY INTO t (id) FROM (SELECT $1 FROM @st/in, LATERAL FLATTEN($1)) FORCE = TRUE;
-- !
-- proves D.4 "| METADATA$FILENAME | path incl. prefix |"
-- proves D.4 "| METADATA$FILE_ROW_NUMBER | number, from 1 |"
-- proves D.4 "| METADATA$FILE_CONTENT_KEY | checksum text |"
-- proves D.4 "| METADATA$FILE_LAST_MODIFIED | TIMESTAMP_NTZ |"
-- proves D.4 "| METADATA$START_SCAN_TIME | TIMESTAMP_LTZ |"
CREATE TABLE told (name VARCHAR, n INT, k VARCHAR, modified TIMESTAMP_NTZ, scanned TIMESTAMP_LTZ);
COPY INTO told FROM (SELECT METADATA$FILENAME, METADATA$FILE_ROW_NUMBER, METADATA$FILE_CONTENT_KEY, METADATA$FILE_LAST_MODIFIED,
  METADATA$START_SCAN_TIME FROM @st/in);
SELECT name, n, LENGTH(k), modified <= CURRENT_TIMESTAMP()::TIMESTAMP_NTZ, scanned <= CURRENT_TIMESTAMP() FROM told ORDER BY n;
-- > in/a.csv | 1 | 32 | True | True
-- > in/a.csv | 2 | 32 | True | True
-- proves D.4 "Never part of SELECT from a stage."
COPY INTO told FROM (SELECT * FROM @st/in) FORCE = TRUE;
-- !
