-- file q.csv
-- | id,text,num
-- | 1,"a, b",1.5
-- | 2,"line one
-- | line two",2.5
-- | 3,"say ""hi""",
-- | 4,NULL,4
-- | 5, spaced ,5
-- | 6,,6
-- | 7,"",7
CREATE STAGE st;
CREATE FILE FORMAT ff TYPE = CSV SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '"' NULL_IF = ('NULL') ESCAPE_UNENCLOSED_FIELD = NONE;
CREATE TABLE t (id INT, v VARCHAR, n NUMBER(5, 1), src VARCHAR DEFAULT 'copied');
PUT file://{folder}/q.csv @st;
-- proves D.4 "[ FILE_FORMAT = ( FORMAT_NAME = '..' | TYPE = .. ) ]"
COPY INTO t (id, v, n) FROM @st FILE_FORMAT = (FORMAT_NAME = ff);
SELECT id, REPLACE(v, '\n', '/'), n, src FROM t ORDER BY id;
-- > 1 | a, b | 1.5 | copied
-- > 2 | line one/line two | 2.5 | copied
-- > 3 | say "hi" | NULL | copied
-- > 4 | NULL | 4.0 | copied
-- > 5 |  spaced  | 5.0 | copied
-- > 6 | NULL | 6.0 | copied
-- > 7 |  | 7.0 | copied
TRUNCATE TABLE t;
COPY INTO t (id, v, src) FROM (SELECT $1::INT * 10, UPPER($2), METADATA$FILENAME || '#' || METADATA$FILE_ROW_NUMBER FROM @st) FILE_FORMAT = (FORMAT_NAME = 'ff');
SELECT id, src FROM t WHERE id IN (10, 70) ORDER BY id;
-- > 10 | q.csv.gz#1
-- > 70 | q.csv.gz#7
-- unconfirmed: that row numbers count rows after the header
TRUNCATE TABLE t;
COPY INTO t (id, v) FROM (SELECT f.$1, f.$3 FROM @st f) FILE_FORMAT = (FORMAT_NAME = ff);
SELECT v FROM t WHERE id = 1;
-- > 1.5
COPY INTO t (id) FROM (SELECT $1 FROM @st WHERE $1 > 1) FILE_FORMAT = (FORMAT_NAME = ff) FORCE = TRUE;
-- ! WHERE is not allowed in a COPY transformation
COPY INTO t (id) FROM (SELECT MAX($1) FROM @st) FILE_FORMAT = (FORMAT_NAME = ff) FORCE = TRUE;
-- ! not allowed in a COPY transformation
COPY INTO t (id) FROM (SELECT DISTINCT $1 FROM @st) FILE_FORMAT = (FORMAT_NAME = ff) FORCE = TRUE;
-- ! 001003
COPY INTO t (id) FROM (SELECT * FROM @st) FILE_FORMAT = (FORMAT_NAME = ff) FORCE = TRUE;
-- !
COPY INTO t (id, v) FROM (SELECT $1 FROM @st) FILE_FORMAT = (FORMAT_NAME = ff) FORCE = TRUE;
-- ! 002020
COPY INTO t FROM @st FILE_FORMAT = (FORMAT_NAME = nope);
-- ! 002003
-- file p.csv
-- | 1|  x  |2024-01-02
-- | 2|\N|2024-01-03
CREATE TABLE p (id INT, v VARCHAR, d DATE);
PUT file://{folder}/p.csv @st/p;
COPY INTO p FROM @st/p FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = '|' TRIM_SPACE = TRUE);
-- > st/p/p.csv.gz | LOADED | 2 | 2 | 1 | 0 | NULL | NULL | NULL | NULL
SELECT * FROM p ORDER BY id;
-- > 1 | x | 2024-01-02
-- > 2 | NULL | 2024-01-03
-- file e.csv
-- | 1,
CREATE TABLE e (id INT, v VARCHAR);
PUT file://{folder}/e.csv @st/e;
COPY INTO e FROM @st/e FILE_FORMAT = (TYPE = CSV EMPTY_FIELD_AS_NULL = FALSE);
SELECT id, v IS NULL FROM e;
-- > 1 | False
