CREATE STAGE st;
CREATE TABLE t (id INT, v VARCHAR, d DATE, n NUMBER(6, 2));
INSERT INTO t VALUES (1, 'a,b', '2024-01-02', 1.5), (2, NULL, NULL, NULL), (3, 'say "x"', '2024-01-03', -2);
CREATE TABLE back (a VARCHAR, b VARCHAR, c VARCHAR, d VARCHAR);
-- proves D.5 "Result rows_unloaded, input_bytes, output_bytes (or one row per file with DETAILED_OUTPUT)."
COPY INTO @st/plain/ FROM t FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE FIELD_OPTIONALLY_ENCLOSED_BY = '"');
-- > 3 | 66 | 66
LIST @st/plain ->> SELECT "name" FROM $1;
-- > st/plain/data_0_0_0.csv
COPY INTO back FROM @st/plain FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '#' ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE ESCAPE_UNENCLOSED_FIELD = NONE);
SELECT a FROM back ORDER BY a;
-- > 1,"a,b",2024-01-02,1.50
-- > 2,\N,\N,\N
-- > 3,"say ""x""",2024-01-03,-2.00
TRUNCATE TABLE back;
COPY INTO back FROM @st/plain FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"');
SELECT * FROM back ORDER BY a;
-- > 1 | a,b | 2024-01-02 | 1.50
-- > 2 | NULL | NULL | NULL
-- > 3 | say "x" | 2024-01-03 | -2.00
-- proves D.5 "COPY INTO @s/path FROM {t | (query)} [PARTITION BY expr] [FILE_FORMAT..]"
COPY INTO @st/plain/ FROM t FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE FIELD_OPTIONALLY_ENCLOSED_BY = '"');
-- ! 001757 (42601): SQL compilation error: Files already existing at the unload destination: @ST/plain/data_0_0_0.csv
COPY INTO @st/plain/ FROM (SELECT id FROM t) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) OVERWRITE = TRUE;
-- > 3 | 6 | 6
COPY INTO @st/one FROM t SINGLE = TRUE FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE FIELD_DELIMITER = '|' DATE_FORMAT = 'DD.MM.YYYY' NULL_IF = ('-')) HEADER = TRUE;
TRUNCATE TABLE back;
COPY INTO back FROM @st/one FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|' NULL_IF = ());
SELECT * FROM back ORDER BY a;
-- > 1 | a,b | 02.01.2024 | 1.50
-- > 2 | - | - | -
-- > 3 | say "x" | 03.01.2024 | -2.00
-- > ID | V | D | N
COPY INTO @st/many/x FROM (SELECT id FROM t ORDER BY id) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) MAX_FILE_SIZE = 3 DETAILED_OUTPUT = TRUE;
-- > many/x_0_0_0.csv | 2 | 1
-- > many/x_0_0_1.csv | 2 | 1
-- > many/x_0_0_2.csv | 2 | 1
COPY INTO @st/ids/ FROM (SELECT 1) INCLUDE_QUERY_ID = TRUE;
SET unloaded = LAST_QUERY_ID();
LIST @st/ids ->> SELECT "name" = 'st/ids/data_' || $unloaded || '_0_0_0.csv.gz' FROM $1;
-- > True
COPY INTO @st/parts FROM t PARTITION BY ('day=' || TO_VARCHAR(d, 'YYYY-MM-DD')) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE);
LIST @st/parts ->> SELECT SPLIT_PART("name", '/', 3), "size" FROM $1 ORDER BY 1;
-- > __NULL__ | 11
-- > day=2024-01-02 | 23
-- > day=2024-01-03 | 27
COPY INTO @st/parts FROM t PARTITION BY (id) SINGLE = TRUE;
-- ! OVERWRITE and SINGLE are not supported with PARTITION BY
COPY INTO @st/never FROM t VALIDATION_MODE = RETURN_ROWS;
-- > 1 | a,b | 2024-01-02 | 1.50
-- > 2 | NULL | NULL | NULL
-- > 3 | say "x" | 2024-01-03 | -2.00
LIST @st/never;
-- > (no rows)
COPY INTO @st/docs FROM (SELECT OBJECT_CONSTRUCT('id', id) FROM t ORDER BY id) FILE_FORMAT = (TYPE = JSON COMPRESSION = NONE);
-- > 3 | 27 | 27
COPY INTO @st/docs FROM t FILE_FORMAT = (TYPE = JSON);
-- ! JSON file format can produce one and only one column
COPY INTO @st/docs FROM t FILE_FORMAT = (TYPE = ORC);
-- ! not supported by the local account: ORC files
COPY INTO @st/empty FROM (SELECT '') ;
-- ! Cannot unload empty string without file format option field_optionally_enclosed_by being specified.
COPY INTO @st/floats FROM (SELECT 1.5::FLOAT);
-- ! not supported by the local account: unloading a FLOAT
COPY INTO @st/x FROM t BIG = TRUE;
-- ! not supported by the local account: option BIG of COPY INTO a stage
COPY INTO @st/none FROM (SELECT 1 WHERE FALSE);
-- > 0 | 0 | 0
LIST @st/none;
-- > (no rows)
COPY INTO @%t FROM t FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE);
COPY INTO @~/mine FROM (SELECT 1);
LIST @%t ->> SELECT "name" FROM $1;
-- > data_0_0_0.csv
-- proves D.5 "Reading a stream here consumes it."
CREATE STREAM s ON TABLE t;
INSERT INTO t (id) VALUES (4);
COPY INTO @st/changes FROM (SELECT id, METADATA$ACTION FROM s) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE);
-- > 1 | 9 | 9
SELECT COUNT(*) FROM s;
-- > 0
-- proves D.5 "Not transactional towards the files."
INSERT INTO t (id) VALUES (5);
BEGIN;
COPY INTO @st/undone FROM (SELECT id FROM s);
ROLLBACK;
LIST @st/undone ->> SELECT "name" FROM $1;
-- > st/undone_0_0_0.csv.gz
SELECT id FROM s;
-- > 5
