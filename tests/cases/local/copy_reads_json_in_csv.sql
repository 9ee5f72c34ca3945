-- file rows.csv
-- | 1,"{""a"": 1}","[1, 2]"
-- | 2,,
-- | 3,nope,
-- | 4,5,
CREATE STAGE st;
CREATE TABLE v (id INT, doc VARIANT, list ARRAY);
PUT file://{folder}/rows.csv @st;
COPY INTO v FROM @st FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"');
-- ! 100069 (22P02): Error parsing JSON: nope
COPY INTO v FROM @st FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') VALIDATION_MODE = RETURN_ERRORS ->> SELECT "ROW_NUMBER", "COLUMN_NAME" FROM $1;
-- > 3 | "V"["DOC":2]
COPY INTO v FROM @st FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') ON_ERROR = CONTINUE;
SELECT id, doc:a::INT, doc::VARCHAR, list[1]::INT FROM v ORDER BY id;
-- > 1 | 1 | {"a":1} | 2
-- > 2 | NULL | NULL | NULL
-- > 4 | NULL | 5 | NULL
-- what a transformation makes of it is not confirmed
COPY INTO v (id, doc) FROM (SELECT $1, $2 FROM @st) FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') FORCE = TRUE;
-- ! a text into VARIANT column DOC
COPY INTO v (id, doc) FROM (SELECT $1, TRY_PARSE_JSON($2) FROM @st) FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') FORCE = TRUE;
SELECT COUNT(*), COUNT(doc) FROM v;
-- > 7 | 4
