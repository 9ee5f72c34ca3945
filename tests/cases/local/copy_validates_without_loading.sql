-- file bad.csv
-- | 1,aaa
-- | x,b
-- | 3
-- | 4,toolong
-- | 5,
-- file good.csv
-- | 6,f
-- file worse.csv
-- | y,b
CREATE STAGE st;
CREATE TABLE t (id INT, v VARCHAR(3) NOT NULL);
PUT file://{folder}/bad.csv @st AUTO_COMPRESS = FALSE;
PUT file://{folder}/good.csv @st AUTO_COMPRESS = FALSE;
-- proves D.4 "VALIDATION_MODE=RETURN_ERRORS columns"
COPY INTO t FROM @st VALIDATION_MODE = RETURN_ERRORS
  ->> SELECT ERROR, FILE, LINE, CHARACTER, BYTE_OFFSET, CATEGORY, CODE, SQL_STATE, COLUMN_NAME, ROW_NUMBER, ROW_START_LINE FROM $1 ORDER BY LINE;
-- > Numeric value 'x' is not recognized | @ST/bad.csv | 2 | 1 | 6 | conversion | 100038 | 22018 | "T"["ID":1] | 2 | 2
-- > Number of columns in file (1) does not match that of the corresponding table (2), use file format option error_on_column_count_mismatch=false to ignore this error | @ST/bad.csv | 3 | 1 | 10 | parsing | 100016 | 22000 | NULL | 3 | 3
-- > String 'toolong' is too long and would be truncated | @ST/bad.csv | 4 | 3 | 14 | conversion | 100078 | 22000 | "T"["V":2] | 4 | 4
-- > NULL result in a non-nullable column | @ST/bad.csv | 5 | 3 | 24 | conversion | 100072 | 22000 | "T"["V":2] | 5 | 5
-- proves D.4 "Not with a SELECT transform."
COPY INTO t FROM (SELECT $1, $2 FROM @st) VALIDATION_MODE = RETURN_ERRORS;
-- ! VALIDATION_MODE is not supported with copy transform.
-- proves D.4 "[ copyOptions ] [ VALIDATION_MODE = RETURN_<n>_ROWS | RETURN_ERRORS | RETURN_ALL_ERRORS ]"
COPY INTO t FROM @st FILES = ('good.csv') VALIDATION_MODE = RETURN_5_ROWS;
-- > 6 | f
COPY INTO t FROM @st VALIDATION_MODE = RETURN_1_ROWS;
-- > 1 | aaa
COPY INTO t FROM @st VALIDATION_MODE = RETURN_2_ROWS;
-- ! 100038 (22018): Numeric value 'x' is not recognized
COPY INTO t FROM @st VALIDATION_MODE = RETURN_SOME;
-- ! invalid value 'RETURN_SOME' for COPY option VALIDATION_MODE
COPY INTO t FROM @st FILES = ('bad.csv') ON_ERROR = CONTINUE;
-- > st/bad.csv | PARTIALLY_LOADED | 5 | 1 | 5 | 4 | Numeric value 'x' is not recognized | 2 | 1 | "T"["ID":1]
PUT file://{folder}/worse.csv @st AUTO_COMPRESS = FALSE;
COPY INTO t FROM @st VALIDATION_MODE = RETURN_ERRORS ->> SELECT FILE FROM $1;
-- > @ST/worse.csv
COPY INTO t FROM @st VALIDATION_MODE = RETURN_ALL_ERRORS ->> SELECT FILE, COUNT(*) FROM $1 GROUP BY 1 ORDER BY 1;
-- > @ST/bad.csv | 4
-- > @ST/worse.csv | 1
-- proves D.4 "Loads nothing."
SELECT COUNT(*) FROM t;
-- > 1
-- proves D.4 "TABLE(VALIDATE(t, JOB_ID => '_last'|'<qid>')) returns past errors."
SELECT ERROR, FILE, LINE, COLUMN_NAME, REJECTED_RECORD FROM TABLE(VALIDATE(t, JOB_ID => '_last')) WHERE LINE = 4;
-- > String 'toolong' is too long and would be truncated | @ST/bad.csv | 4 | "T"["V":2] | 4,toolong
COPY INTO t FROM @st FILES = ('worse.csv');
-- ! 100038
SELECT ERROR, FILE FROM TABLE(VALIDATE(db.s.t, JOB_ID => '_last'));
-- > Numeric value 'y' is not recognized | @ST/worse.csv
COPY INTO t FROM @st FILES = ('good.csv');
SET copied = LAST_QUERY_ID();
SELECT COUNT(*) FROM TABLE(VALIDATE(t, JOB_ID => '_last'));
-- > 0
COPY INTO t FROM @st FILES = ('good.csv');
SELECT COUNT(*) FROM TABLE(VALIDATE(t, JOB_ID => $copied));
-- > 0
-- proves D.7 "FILE_NAME, STAGE_LOCATION, LAST_LOAD_TIME"
-- proves D.7 "TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME"
SELECT FILE_NAME, ROW_COUNT, ROW_PARSED, FILE_SIZE, FIRST_ERROR_MESSAGE, FIRST_ERROR_LINE_NUMBER, FIRST_ERROR_CHARACTER_POS, FIRST_ERROR_COLUMN_NAME,
    ERROR_COUNT, ERROR_LIMIT, STATUS, TABLE_CATALOG_NAME, TABLE_SCHEMA_NAME, TABLE_NAME, PIPE_NAME, STAGE_LOCATION IS NULL, LAST_LOAD_TIME IS NULL,
    PIPE_CATALOG_NAME, PIPE_SCHEMA_NAME, PIPE_RECEIVED_TIME, BYTES_BILLED
  FROM TABLE(DB.INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 's.t', START_TIME => DATEADD(DAY, -1, CURRENT_TIMESTAMP()), END_TIME => CURRENT_TIMESTAMP()))
  ORDER BY 1;
-- > bad.csv | 1 | 5 | 25 | Numeric value 'x' is not recognized | 2 | 1 | "T"["ID":1] | 4 | 5 | Partially loaded | DB | S | T | NULL | False | False | NULL | NULL | NULL | NULL
-- > good.csv | 1 | 1 | 4 | NULL | NULL | NULL | NULL | 0 | 1 | Loaded | DB | S | T | NULL | False | False | NULL | NULL | NULL | NULL
SELECT 1 FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'T'));
-- ! COPY_HISTORY needs TABLE_NAME and START_TIME
