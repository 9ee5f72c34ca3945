-- A text that a function takes for a name.
SELECT SYSTEM$STREAM_HAS_DATA('x y');
-- ! 001003 (42000): SQL compilation error: Invalid identifier: 'x y' is not an object name
SELECT GET_DDL('table', '');
-- ! Invalid identifier: '' is not an object name
SELECT * FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'a.b.c.d', START_TIME => CURRENT_TIMESTAMP()));
-- ! Invalid identifier: 'a.b.c.d' has more than three parts
BEGIN
  LET n VARCHAR := 'x y';
  RETURN SYSTEM$STREAM_HAS_DATA(:n);
EXCEPTION
  WHEN OTHER THEN RETURN SQLERRM;
END;
-- > SQL compilation error: Invalid identifier: 'x y' is not an object name

-- reserved words name nothing without quotes
CREATE TABLE order (a INT);
-- ! ORDER is a reserved word
CREATE TABLE "ORDER" ("SELECT" INT, date INT, value INT, name INT, type INT, row_number INT);
SELECT "SELECT", date, value FROM "ORDER";
-- > (no rows)
CREATE TABLE t_of_words (group INT);
-- ! GROUP is a reserved word
CREATE TABLE t_of_words (current_date INT);
-- ! CURRENT_DATE is a reserved word, which names no column
ALTER TABLE "ORDER" RENAME COLUMN date TO values;
-- ! VALUES is a reserved word
ALTER TABLE "ORDER" ADD COLUMN table INT;
-- ! TABLE is a reserved word
CREATE VIEW v_of_words (select) AS SELECT 1;
-- ! SELECT is a reserved word
CREATE SCHEMA all;
-- ! ALL is a reserved word

-- sizes that no type has
CREATE TABLE sized (a VARCHAR(0));
-- ! the size is from 1 to 134217728
CREATE TABLE sized (a NUMBER(39, 0));
-- ! the size is from 1 to 38
CREATE TABLE sized (a NUMBER(5, 6));
-- ! the scale is from 0 to the precision
CREATE TABLE sized (a TIME(10));
-- ! the size is from 0 to 9
CREATE TABLE sized (a INT(5));
-- ! INT takes no precision

-- what a table cannot be
CREATE TABLE made (a INT PRIMARY KEY, b INT PRIMARY KEY);
-- ! a table has one primary key
CREATE TABLE made (a INT, b INT PRIMARY KEY, PRIMARY KEY (a));
-- ! a table has one primary key
CREATE TABLE made (a INT, UNIQUE (nope));
-- ! invalid identifier 'NOPE'
CREATE TABLE made (a INT, FOREIGN KEY (a) REFERENCES nowhere (a));
-- ! 'DB.S.NOWHERE' does not exist
CREATE TABLE made (a INT) CLUSTER BY (nope);
-- ! invalid identifier 'NOPE'
CREATE TABLE made (a INT, t TIMESTAMP_NTZ) CLUSTER BY (TO_DATE(t), a) DATA_RETENTION_TIME_IN_DAYS = 91;
-- ! invalid value [91] for parameter 'DATA_RETENTION_TIME_IN_DAYS'
CREATE TABLE made (a INT, t TIMESTAMP_NTZ) CLUSTER BY (TO_DATE(t), a) CHANGE_TRACKING = maybe;
-- ! invalid value [MAYBE] for parameter 'CHANGE_TRACKING'
CREATE TABLE made (a INT, t TIMESTAMP_NTZ) CLUSTER BY (TO_DATE(t), a) DATA_RETENTION_TIME_IN_DAYS = 90;
ALTER TABLE made CLUSTER BY (nope);
-- ! invalid identifier 'NOPE'
ALTER TABLE made SET DATA_RETENTION_TIME_IN_DAYS = soon;
-- ! invalid value [SOON] for parameter 'DATA_RETENTION_TIME_IN_DAYS'
CREATE STREAM made_stream ON TABLE made APPEND_ONLY = perhaps;
-- ! invalid value [PERHAPS] for parameter 'APPEND_ONLY'
CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE cobol AS 'a';
-- ! LANGUAGE COBOL
CREATE FUNCTION f(a INT) RETURNS INT;
-- ! function F has no body
CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' AS 'def f(a): return a';
-- ! 002029 (42601): SQL compilation error: Missing option(s): [HANDLER]

-- what other databases write
SELECT 1 <=> 1;
-- ! unexpected '<=> 1'
SELECT 1 LIMIT 1, 1;
-- ! unexpected 'LIMIT 1'
SELECT 1::INT64;
-- ! unexpected ':: INT64'
SELECT * EXCEPT (a) FROM made;
-- ! unexpected '* EXCEPT'
-- and what they write alike
SELECT 1::DOUBLE PRECISION, 'a'::CHAR VARYING(10);
-- > 1.0 | a
CREATE TABLE itself (id INT PRIMARY KEY, above INT, FOREIGN KEY (above) REFERENCES itself (id));
CREATE TABLE made_in_line (a INT REFERENCES nowhere (a));
-- ! 002003
CREATE TABLE itself_too (id INT PRIMARY KEY, above INT REFERENCES itself_too (id), beside INT REFERENCES itself);
