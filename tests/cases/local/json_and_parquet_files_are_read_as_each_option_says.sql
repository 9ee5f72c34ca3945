-- file a.json
-- | {"id": 1, "n": null, "l": [1, null, 2], "text": " x "}
-- | {"id": 2, "text": "NA"}
-- file twice.json
-- | {"id": 3, "id": 4}
-- file bytes.json
-- hex 7B 22 69 64 22 3A 20 35 2C 20 22 74 65 78 74 22 3A 20 22 E9 22 7D 0A
-- file array.json
-- | [{"id": 6}, {"id": 7}]
CREATE STAGE st;
CREATE TABLE v (doc VARIANT);
CREATE TABLE t (id INT, text VARCHAR);
PUT file://{folder}/*.json @st AUTO_COMPRESS = FALSE;
-- proves D.3 "| JSON | STRIP_OUTER_ARRAY F, STRIP_NULL_VALUES F"
COPY INTO v FROM @st/a.json FILE_FORMAT = (TYPE = JSON);
COPY INTO v FROM @st/a.json FILE_FORMAT = (TYPE = JSON STRIP_NULL_VALUES = TRUE) FORCE = TRUE;
SELECT doc:id::INT, ARRAY_SIZE(doc:l), doc:n IS NULL FROM v WHERE doc:id::INT = 1 ORDER BY 2;
-- > 1 | 2 | True
-- > 1 | 3 | False
TRUNCATE TABLE v;
COPY INTO v FROM @st/twice FILE_FORMAT = (TYPE = JSON);
-- ! 100069 (22P02): Error parsing JSON
COPY INTO v FROM @st/twice FILE_FORMAT = (TYPE = JSON ALLOW_DUPLICATE = TRUE);
COPY INTO v FROM @st/array FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE);
SELECT doc:id::INT FROM v ORDER BY 1;
-- > 4
-- > 6
-- > 7
COPY INTO v FROM @st/bytes FILE_FORMAT = (TYPE = JSON);
-- !
COPY INTO v FROM @st/bytes FILE_FORMAT = (TYPE = JSON IGNORE_UTF8_ERRORS = TRUE);
SELECT doc:text::VARCHAR FROM v WHERE doc:id::INT = 5;
-- > �
COPY INTO t FROM @st/a.json FILE_FORMAT = (TYPE = JSON TRIM_SPACE = TRUE NULL_IF = ('NA')) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;
SELECT * FROM t ORDER BY id;
-- > 1 | x
-- > 2 | NULL
COPY INTO v FROM @st/a.json FILE_FORMAT = (TYPE = JSON ENABLE_OCTAL = TRUE) FORCE = TRUE;
-- ! not supported by the local account: JSON option ENABLE_OCTAL = TRUE
COPY INTO v FROM @st/a.json FILE_FORMAT = (TYPE = JSON MULTI_LINE = FALSE) FORCE = TRUE;
-- ! not supported by the local account: JSON option MULTI_LINE = FALSE
COPY INTO v FROM @st/a.json FILE_FORMAT = (TYPE = JSON SKIP_HEADER = 1) FORCE = TRUE;
-- ! not supported by the local account: JSON option SKIP_HEADER
-- proves D.3 "| PARQUET | USE_VECTORIZED_SCANNER"
COPY INTO @st/p/x FROM (SELECT 1 AS id, ' kept ' AS text, 1.25::NUMBER(5, 2) AS n, TRUE AS b) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE;
COPY INTO @st/p/y FROM (SELECT 2 AS id, NULL::VARCHAR AS text, NULL::NUMBER(5, 2) AS n, FALSE AS b) FILE_FORMAT = (TYPE = PARQUET) HEADER = TRUE;
LIST @st/p ->> SELECT "name" FROM $1 ORDER BY 1;
-- > st/p/x_0_0_0.snappy.parquet
-- > st/p/y_0_0_0.snappy.parquet
TRUNCATE TABLE v;
COPY INTO v FROM @st/p/ FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE);
SELECT doc:ID::INT, '[' || doc:TEXT::VARCHAR || ']', doc:N::NUMBER(5, 2), doc:B::BOOLEAN FROM v ORDER BY 1;
-- > 1 | [ kept ] | 1.25 | True
-- > 2 | NULL | NULL | False
TRUNCATE TABLE t;
COPY INTO t FROM @st/p/ FILE_FORMAT = (TYPE = PARQUET TRIM_SPACE = TRUE) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;
COPY INTO t FROM (SELECT $1:ID::INT * 10, $1:TEXT::VARCHAR FROM @st/p/) FILE_FORMAT = (TYPE = PARQUET NULL_IF = (' kept ')) FORCE = TRUE;
SELECT id, '[' || text || ']' FROM t ORDER BY id;
-- > 1 | [kept]
-- > 2 | NULL
-- > 10 | NULL
-- > 20 | NULL
COPY INTO t FROM @st/p/ FILE_FORMAT = (TYPE = PARQUET) FORCE = TRUE;
-- ! PARQUET file format can produce one and only one column of variant, object, or array type.
COPY INTO v FROM @st/a.json FILE_FORMAT = (TYPE = PARQUET) FORCE = TRUE;
-- !
