-- reference D: SELECT … FROM @stage
CREATE STAGE st;
CREATE FILE FORMAT ff TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"';
CREATE TABLE src (a INT, b VARCHAR, c VARCHAR);
INSERT INTO src VALUES (1, 'x,y', 'q'), (2, 'z', NULL), (3, 'w', 'u');
COPY INTO @st/one.csv FROM (SELECT a, b FROM src) FILE_FORMAT = (FORMAT_NAME = ff COMPRESSION = NONE) SINGLE = TRUE;
-- ! FORMAT_NAME beside other options
COPY INTO @st/one.csv FROM (SELECT a, b FROM src) FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' COMPRESSION = NONE) SINGLE = TRUE;
COPY INTO @st/two/x.csv FROM (SELECT a, b, c FROM src WHERE a = 3) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE;
-- a field that a record has not is NULL
SELECT $1, $2, $3 FROM @st (FILE_FORMAT => 'ff') ORDER BY 1, 3;
-- > 1 | x,y | NULL
-- > 2 | z | NULL
-- > 3 | w | u
-- > 3 | w | NULL
SELECT t.$1::INT + 1 AS n, METADATA$FILENAME, METADATA$FILE_ROW_NUMBER FROM @st/one (FILE_FORMAT => db.s.ff) t WHERE t.$1 > '1' ORDER BY n;
-- > 3 | one.csv | 2
-- > 4 | one.csv | 3
SELECT $1 FROM @st (PATTERN => '.*two.*');
-- > 3
SELECT COUNT(*) FROM @st/none;
-- > 0
SELECT a.$1, b.c FROM @st/one (FILE_FORMAT => 'ff') a JOIN src b ON a.$1::INT = b.a WHERE b.c IS NOT NULL ORDER BY 1;
-- > 1 | q
-- > 3 | u
WITH w AS (SELECT $1 AS x FROM '@st/one.csv' (FILE_FORMAT => 'ff')) SELECT MAX(x) FROM w;
-- > 3
CREATE TABLE made AS SELECT $1::INT AS a, $2 AS b FROM @st/one (FILE_FORMAT => 'ff');
SELECT b FROM made WHERE a = 1;
-- > x,y
COPY INTO @st/j.json FROM (SELECT OBJECT_CONSTRUCT('k', a) FROM src WHERE a < 3) FILE_FORMAT = (TYPE = JSON COMPRESSION = NONE) SINGLE = TRUE;
CREATE FILE FORMAT jf TYPE = JSON;
SELECT $1:k::INT FROM @st/j (FILE_FORMAT => 'jf') ORDER BY 1;
-- > 1
-- > 2
-- a view reads the files that are there when it is read
CREATE VIEW v AS SELECT $1::INT AS a FROM @st/two;
SELECT a FROM v;
-- > 3
COPY INTO @st/two/y.csv FROM (SELECT 4) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE;
SELECT SUM(a) FROM v;
-- > 7
CREATE STREAM sv ON VIEW v;
-- ! a stream on view DB.S.V
SELECT * FROM @st;
-- ! name the fields of its files
SELECT $1 FROM @nowhere;
-- ! 002003
SELECT $1 FROM @st (FILE_FORMAT => 'nowhere');
-- ! 002003
CREATE STAGE outside URL = 's3://bucket/x';
SELECT $1 FROM @outside;
-- ! the files of the external stage
CREATE DYNAMIC TABLE dt TARGET_LAG = '1 hour' WAREHOUSE = w AS SELECT $1 AS a FROM @st;
-- ! a dynamic table over the files of a stage
