-- file lines.json
-- | {"id": 1, "tags": ["a", "b"]}
-- | {"id": 2, "tags": []}
-- file array.json
-- | [{"id": 3}, {"id": 4}]
-- file broken.json
-- | {"id": 5
-- file twice.json
-- | {"id": 6}
-- | {"id": 7, "of": [{"x": 1, "x": 1}]}
-- file exact.json
-- | {"id": 8, "rate": 0.12345678901234567890}
-- file arrays.json
-- | [{"id": 9}]
-- | [{"id": 10}, [11]]
-- | {"id": 12}
CREATE STAGE st;
CREATE TABLE v (doc VARIANT);
CREATE TABLE t (id INT, first VARCHAR);
PUT file://{folder}/lines.json @st/lines;
PUT file://{folder}/array.json @st/array AUTO_COMPRESS = FALSE;
PUT file://{folder}/broken.json @st/broken;
PUT file://{folder}/twice.json @st/twice;
COPY INTO v FROM @st/lines FILE_FORMAT = (TYPE = JSON);
SELECT doc:id::INT, ARRAY_SIZE(doc:tags) FROM v ORDER BY 1;
-- > 1 | 2
-- > 2 | 0
COPY INTO t FROM (SELECT $1:id::INT, $1:tags[0]::STRING FROM @st/lines) FILE_FORMAT = (TYPE = JSON);
SELECT * FROM t ORDER BY id;
-- > 1 | a
-- > 2 | NULL
TRUNCATE TABLE v;
COPY INTO v FROM @st/array FILE_FORMAT = (TYPE = JSON);
SELECT COUNT(*), MAX(ARRAY_SIZE(doc)) FROM v;
-- > 1 | 2
TRUNCATE TABLE v;
COPY INTO v FROM @st/array FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE);
SELECT doc:id::INT FROM v;
-- > 3
-- > 4
COPY INTO v FROM @st/broken FILE_FORMAT = (TYPE = JSON);
-- ! JSON
COPY INTO v FROM @st/broken FILE_FORMAT = (TYPE = JSON) ON_ERROR = SKIP_FILE;
SELECT COUNT(*) FROM v;
-- > 2
-- an object may not have a key twice
COPY INTO v FROM @st/twice FILE_FORMAT = (TYPE = JSON);
-- ! 100069
COPY INTO v FROM @st/twice FILE_FORMAT = (TYPE = JSON) ON_ERROR = SKIP_FILE;
SELECT COUNT(*) FROM v;
-- > 2
COPY INTO t FROM @st/lines FILE_FORMAT = (TYPE = JSON);
-- ! JSON file format can produce one and only one column
PUT file://{folder}/exact.json @st/exact;
COPY INTO v FROM @st/exact FILE_FORMAT = (TYPE = JSON);
-- ! a JSON number with a fraction and more digits than a DOUBLE holds

-- STRIP_OUTER_ARRAY takes arrays apart where there are some
PUT file://{folder}/arrays.json @st/arrays;
CREATE TABLE stripped (doc VARIANT);
COPY INTO stripped FROM @st FILES = ('lines/lines.json.gz', 'arrays/arrays.json.gz') FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE);
SELECT COUNT(*), SUM(doc:id::INT), MAX(doc[0]::INT) FROM stripped;
-- > 6 | 34 | 11
COPY INTO stripped FROM @st/broken FILE_FORMAT = (TYPE = JSON STRIP_OUTER_ARRAY = TRUE);
-- ! 100069
