-- file lines.csv
-- hex 31 2C 61 0D 0A 32 2C 62 0D 33 2C 63 0A
-- file semi.csv
-- | 1;a#2;b#
-- file head.csv
-- | ID,V
-- | 1,a
-- file quotes.csv
-- | 1,"a ""b"" c"
-- | 2, "x"
-- | 3,"y" tail
-- | 4,plain "q"
-- file blank.csv
-- | 1,a
-- |
-- | 2,b
-- file one.csv
-- | a
-- |
-- | b
-- file dates.csv
-- | 1,31.12.2024,03/04/2025 05.06,QUJD
-- file escaped.csv
-- | 1,a\,b
-- | 2,\N
-- | 3,c\\d
-- file tab.csv
-- | 1,a\tb
-- file esc.csv
-- | 1,"a\"b"
-- file spaces.csv
-- |  1 , "kept  in " 
-- |  2 ,  bare  
-- |  3 ,   
-- file nulls.csv
-- | 1,\N
-- | 2,NULL
-- | 3,"NULL"
-- | 4,
-- | 5,""
-- file narrow.csv
-- | 1
-- | 2,b,c
-- file latin.csv
-- hex 31 2C 63 61 66 E9 0A
-- file folded.csv
-- | 1,"a
-- | b"
-- | 2,c
CREATE STAGE st;
CREATE TABLE t (id INT, v VARCHAR);
CREATE TABLE n (id INT, n NUMBER(5, 2));
PUT file://{folder}/*.csv @st AUTO_COMPRESS = FALSE;
-- proves D.3 "CREATE [OR REPLACE | OR ALTER] [TEMP] FILE FORMAT [IF NOT EXISTS] n TYPE"
CREATE FILE FORMAT ff TYPE = CSV SKIP_HEADER = 1 COMMENT = 'c';
CREATE FILE FORMAT IF NOT EXISTS ff TYPE = JSON;
-- > FF already exists, statement succeeded.
CREATE OR ALTER FILE FORMAT ff TYPE = CSV FIELD_DELIMITER = ';';
CREATE OR REPLACE TEMPORARY FILE FORMAT tempo TYPE = XML;
CREATE FILE FORMAT bad TYPE = EXCEL;
-- ! invalid file format type 'EXCEL'
-- proves D.3 "ALTER can change options but not TYPE."
ALTER FILE FORMAT ff SET FIELD_DELIMITER = '|' NULL_IF = ('x', 'y');
ALTER FILE FORMAT ff SET TYPE = JSON;
-- ! the type of a file format cannot be changed
-- proves D.3 "SHOW FILE FORMATS: created_on, name"
SHOW FILE FORMATS LIKE 'FF' ->> SELECT "name", "database_name", "schema_name", "type", "owner", "comment", "owner_role_type" FROM $1;
-- > FF | DB | S | CSV | ACCOUNTADMIN |  | ROLE
-- proves D.3 "| RECORD_DELIMITER | newline"
SHOW FILE FORMATS LIKE 'FF' ->> SELECT PARSE_JSON("format_options"):RECORD_DELIMITER::VARCHAR, PARSE_JSON("format_options"):SKIP_HEADER::INT,
  PARSE_JSON("format_options"):FIELD_DELIMITER::VARCHAR, PARSE_JSON("format_options"):NULL_IF[1]::VARCHAR FROM $1;
-- > \n | 0 | | | y
COPY INTO t FROM @st/lines;
SELECT * FROM t ORDER BY id;
-- > 1 | a
-- > 2 | b
-- > 3 | c
TRUNCATE TABLE t;
COPY INTO t FROM @st/semi FILE_FORMAT = (TYPE = CSV RECORD_DELIMITER = '#' FIELD_DELIMITER = '\\x3b') ON_ERROR = CONTINUE;
SELECT * FROM t ORDER BY id;
-- > 1 | a
-- > 2 | b
TRUNCATE TABLE t;
-- proves D.3 "| FIELD_DELIMITER | , | PARSE_HEADER | FALSE (excludes SKIP_HEADER)"
COPY INTO t FROM @st/head FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1);
COPY INTO t FROM @st/head FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE SKIP_HEADER = 1) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE FORCE = TRUE;
-- ! PARSE_HEADER and SKIP_HEADER exclude each other
COPY INTO t FROM @st/head FILE_FORMAT = (TYPE = CSV PARSE_HEADER = TRUE) MATCH_BY_COLUMN_NAME = CASE_SENSITIVE FORCE = TRUE;
SELECT * FROM t;
-- > 1 | a
-- > 1 | a
TRUNCATE TABLE t;
-- proves D.3 "| FIELD_OPTIONALLY_ENCLOSED_BY | NONE | SKIP_BLANK_LINES | FALSE"
COPY INTO t FROM @st/quotes;
SELECT v FROM t ORDER BY id;
-- > "a ""b"" c"
-- >  "x"
-- > "y" tail
-- > plain "q"
TRUNCATE TABLE t;
COPY INTO t FROM @st/quotes FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') FORCE = TRUE;
-- ! Found character ' ' instead of field delimiter ','   File 'quotes.csv', line 3, character 3
COPY INTO t FROM @st/quotes FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') FORCE = TRUE ON_ERROR = CONTINUE;
SELECT v FROM t ORDER BY id;
-- > a "b" c
-- >  "x"
-- > plain "q"
TRUNCATE TABLE t;
COPY INTO t FROM @st/blank;
-- ! Number of columns in file (1) does not match that of the corresponding table (2)
COPY INTO t FROM @st/blank FILE_FORMAT = (TYPE = CSV SKIP_BLANK_LINES = TRUE);
COPY INTO t (v) FROM @st/one;
SELECT id, v FROM t ORDER BY id, v;
-- > 1 | a
-- > 2 | b
-- > NULL | a
-- > NULL | b
-- > NULL | NULL
TRUNCATE TABLE t;
-- proves D.3 "| ESCAPE | NONE | DATE/TIME/TIMESTAMP_FORMAT | AUTO"
-- proves D.3 "| ESCAPE_UNENCLOSED_FIELD | one backslash"
COPY INTO t FROM @st/escaped;
SELECT * FROM t ORDER BY id;
-- > 1 | a,b
-- > 2 | NULL
-- > 3 | c\d
TRUNCATE TABLE t;
COPY INTO t FROM @st/escaped FILE_FORMAT = (TYPE = CSV ESCAPE_UNENCLOSED_FIELD = NONE) FORCE = TRUE ON_ERROR = CONTINUE;
SELECT * FROM t ORDER BY id;
-- > 2 | NULL
-- > 3 | c\\d
COPY INTO t FROM @st/tab;
-- ! not supported by the local account: the escape sequence
TRUNCATE TABLE t;
COPY INTO t FROM @st/tab FILE_FORMAT = (TYPE = CSV ESCAPE_UNENCLOSED_FIELD = NONE);
COPY INTO t FROM @st/esc.csv FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' ESCAPE = '\\');
SELECT v FROM t ORDER BY 1;
-- > a"b
-- > a\tb
CREATE TABLE d (id INT, d DATE, ts TIMESTAMP_NTZ, v VARCHAR);
COPY INTO d FROM @st/dates FILE_FORMAT = (TYPE = CSV DATE_FORMAT = 'DD.MM.YYYY' TIMESTAMP_FORMAT = 'DD/MM/YYYY HH24.MI');
SELECT * FROM d;
-- > 1 | 2024-12-31 | 2025-04-03 05:06:00 | QUJD
COPY INTO d FROM @st/dates FILE_FORMAT = (TYPE = CSV TIME_FORMAT = 'HH24') FORCE = TRUE;
-- ! not supported by the local account: CSV option TIME_FORMAT = HH24
TRUNCATE TABLE t;
-- proves D.3 "| TRIM_SPACE | FALSE | NULL_IF | backslash-N"
COPY INTO t FROM @st/spaces FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' TRIM_SPACE = TRUE);
SELECT id, '[' || v || ']' FROM t ORDER BY id;
-- > 1 | [kept  in ]
-- > 2 | [bare]
-- > 3 | NULL
TRUNCATE TABLE t;
COPY INTO t FROM @st/nulls FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"');
SELECT id, v FROM t WHERE v IS NOT NULL ORDER BY id;
-- > 2 | NULL
-- > 3 | NULL
-- > 5 |
COPY INTO t FROM @st/nulls FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' NULL_IF = ('NULL', '')) FORCE = TRUE;
-- ! not supported by the local account: the escape sequence
COPY INTO t FROM @st/nulls FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' NULL_IF = ('NULL', '') ESCAPE_UNENCLOSED_FIELD = NONE) FORCE = TRUE;
SELECT id, COUNT(v) FROM t GROUP BY id ORDER BY id;
-- > 1 | 1
-- > 2 | 1
-- > 3 | 1
-- > 4 | 0
-- > 5 | 1
TRUNCATE TABLE t;
-- proves D.3 "| EMPTY_FIELD_AS_NULL | TRUE | ERROR_ON_COLUMN_COUNT_MISMATCH | TRUE"
COPY INTO t FROM @st/nulls FILE_FORMAT = (TYPE = CSV EMPTY_FIELD_AS_NULL = FALSE);
SELECT v IS NULL FROM t WHERE id = 4;
-- > False
TRUNCATE TABLE t;
COPY INTO n FROM @st/nulls FILE_FORMAT = (TYPE = CSV EMPTY_FIELD_AS_NULL = FALSE) ON_ERROR = CONTINUE;
SELECT * FROM n;
-- > 1 | NULL
COPY INTO t FROM @st/narrow;
-- ! Number of columns in file (1) does not match that of the corresponding table (2)
COPY INTO t FROM @st/narrow FILE_FORMAT = (TYPE = CSV ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE);
SELECT * FROM t ORDER BY id;
-- > 1 | NULL
-- > 2 | b
TRUNCATE TABLE t;
-- proves D.3 "| REPLACE_INVALID_CHARACTERS | FALSE | ENCODING | UTF8"
COPY INTO t FROM @st/latin;
-- ! Invalid UTF8 detected
COPY INTO t FROM @st/latin FILE_FORMAT = (TYPE = CSV REPLACE_INVALID_CHARACTERS = TRUE);
COPY INTO t FROM @st/latin FILE_FORMAT = (TYPE = CSV ENCODING = 'ISO-8859-1') FORCE = TRUE;
COPY INTO t FROM @st/latin FILE_FORMAT = (TYPE = CSV ENCODING = 'KLINGON') FORCE = TRUE;
-- ! not supported by the local account: ENCODING = KLINGON
SELECT v FROM t ORDER BY 1;
-- > café
-- > caf�
TRUNCATE TABLE t;
-- proves D.3 "| COMPRESSION | AUTO | MULTI_LINE | TRUE"
COPY INTO t FROM @st/folded FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"' MULTI_LINE = FALSE) ON_ERROR = CONTINUE;
SELECT COUNT(*) FROM t;
-- > 1
COPY INTO t FROM @st/folded FILE_FORMAT = (TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"') FORCE = TRUE;
SELECT COUNT(*) FROM t;
-- > 3
COPY INTO @st/packed/b.bz2 FROM (SELECT 9, 'bz') FILE_FORMAT = (TYPE = CSV COMPRESSION = BZ2) SINGLE = TRUE;
COPY INTO @st/packed/d FROM (SELECT 8, 'deflated') FILE_FORMAT = (TYPE = CSV COMPRESSION = DEFLATE) SINGLE = TRUE;
COPY INTO @st/packed/r.raw_deflate FROM (SELECT 7, 'raw') FILE_FORMAT = (TYPE = CSV COMPRESSION = RAW_DEFLATE) SINGLE = TRUE;
COPY INTO t FROM @st/packed/ FILES = ('b.bz2', 'r.raw_deflate');
COPY INTO t FROM @st/packed/d FILE_FORMAT = (TYPE = CSV COMPRESSION = DEFLATE);
SELECT * FROM t WHERE id > 6 ORDER BY id;
-- > 7 | raw
-- > 8 | deflated
-- > 9 | bz
COPY INTO t FROM @st/lines FILE_FORMAT = (TYPE = CSV COMPRESSION = ZSTD) FORCE = TRUE;
-- ! not supported by the local account: CSV option COMPRESSION = ZSTD
COPY INTO t FROM @st/lines FILE_FORMAT = (TYPE = CSV COMPRESSION = GZIP) FORCE = TRUE;
-- ! The file cannot be decompressed
-- refuses D.3 "| AVRO/ORC/XML | TRIM_SPACE"
COPY INTO t FROM @st FILE_FORMAT = (TYPE = XML STRIP_OUTER_ELEMENT = TRUE);
-- ! not supported by the local account: XML files
COPY INTO t FROM @st FILE_FORMAT = (TYPE = AVRO);
-- ! not supported by the local account: AVRO files
COPY INTO t FROM @st FILE_FORMAT = (TYPE = ORC);
-- ! not supported by the local account: ORC files
-- proves D.3 "Pipes → STOPPED_FILE_FORMAT_DROPPED."
CREATE OR REPLACE FILE FORMAT ff TYPE = CSV;
CREATE PIPE p AS COPY INTO t FROM @st/none FILE_FORMAT = (FORMAT_NAME = ff);
CREATE STAGE formatted FILE_FORMAT = (FORMAT_NAME = 'FF');
CREATE OR REPLACE FILE FORMAT ff TYPE = CSV SKIP_HEADER = 1;
SELECT SYSTEM$PIPE_STATUS('p') LIKE '%STOPPED_FILE_FORMAT_DROPPED%';
-- > True
-- proves D.3 "OR REPLACE breaks the hidden-id link of external tables; stages and COPY refer by name."
TRUNCATE TABLE t;
PUT file://{folder}/head.csv @formatted;
COPY INTO t FROM @formatted;
SELECT * FROM t;
-- > 1 | a
-- a field of a BINARY column is HEX unless BINARY_FORMAT says otherwise
CREATE TABLE bytes (x BINARY);
COPY INTO @st/bytes.csv FROM (SELECT 'deadBEEF') FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE;
COPY INTO bytes FROM @st/bytes.csv FILE_FORMAT = (TYPE = CSV);
SELECT HEX_ENCODE(x) FROM bytes;
-- > DEADBEEF
