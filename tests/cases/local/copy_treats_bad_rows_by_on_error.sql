-- file good.csv
-- | 1,a
-- | 2,b
-- file bad.csv
-- | 3,c
-- | x,d
-- | 5,toolong
-- | 6,f
-- file narrow.csv
-- | 7
-- | 8,h,extra
-- | 9,i
CREATE STAGE st;
CREATE TABLE t (id INT, v VARCHAR(3));
PUT file://{folder}/good.csv @st AUTO_COMPRESS = FALSE;
PUT file://{folder}/bad.csv @st AUTO_COMPRESS = FALSE;
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV);
-- ! 100038 (22018): Numeric value 'x' is not recognized
SELECT COUNT(*) FROM t;
-- > 0
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) ON_ERROR = SKIP_FILE;
-- > st/bad.csv | LOAD_FAILED | 4 | 0 | 1 | 1 | Numeric value 'x' is not recognized | 2 | NULL | NULL
-- > st/good.csv | LOADED | 2 | 2 | 1 | 0 | NULL | NULL | NULL | NULL
-- unconfirmed: whether SKIP_FILE counts the errors behind the first one
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) ON_ERROR = CONTINUE;
-- > st/bad.csv | PARTIALLY_LOADED | 4 | 2 | 4 | 2 | Numeric value 'x' is not recognized | 2 | NULL | NULL
SELECT id FROM t ORDER BY id;
-- > 1
-- > 2
-- > 3
-- > 6
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) ON_ERROR = CONTINUE;
-- > Copy executed with 0 files processed.
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) ON_ERROR = 'SKIP_FILE_2';
-- ! not supported
COPY INTO t FROM @st FILE_FORMAT = (TYPE = CSV) ON_ERROR = 'SKIP_FILE_10%';
-- ! not supported
PUT file://{folder}/narrow.csv @st/n AUTO_COMPRESS = FALSE;
TRUNCATE TABLE t;
COPY INTO t FROM @st/n FILE_FORMAT = (TYPE = CSV);
-- ! Number of columns in file (1) does not match that of the corresponding table (2)
COPY INTO t FROM @st/n FILE_FORMAT = (TYPE = CSV) ON_ERROR = CONTINUE;
SELECT * FROM t;
-- > 9 | i
TRUNCATE TABLE t;
COPY INTO t FROM @st/n FILE_FORMAT = (TYPE = CSV ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE);
SELECT * FROM t ORDER BY id;
-- > 7 | NULL
-- > 8 | h
-- > 9 | i
CREATE TABLE nn (id INT NOT NULL, v VARCHAR);
-- file nulls.csv
-- | ,a
-- | 2,
PUT file://{folder}/nulls.csv @st/nn AUTO_COMPRESS = FALSE;
COPY INTO nn FROM @st/nn FILE_FORMAT = (TYPE = CSV);
-- ! 100072
COPY INTO nn FROM @st/nn FILE_FORMAT = (TYPE = CSV) ON_ERROR = CONTINUE;
SELECT * FROM nn;
-- > 2 | NULL
