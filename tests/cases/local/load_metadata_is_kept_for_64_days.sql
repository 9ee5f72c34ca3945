-- file a.csv
-- | 1
-- file b.csv
-- | 2
CREATE STAGE st;
CREATE TABLE t (id INT);
PUT file://{folder}/a.csv @st AUTO_COMPRESS = FALSE;
PUT file://{folder}/b.csv @st AUTO_COMPRESS = FALSE;
COPY INTO t FROM @st FILES = ('a.csv');
-- tick 63 days
COPY INTO t FROM @st FILES = ('a.csv');
-- > Copy executed with 0 files processed.
-- tick 2 days
-- proves D.4 "| Older than 64 days | initial load > 64 d ago and LAST_MODIFIED > 64 d"
COPY INTO t FROM @st;
-- > Copy executed with 0 files processed.
-- proves D.4 "| LOAD_UNCERTAIN_FILES | FALSE"
COPY INTO t FROM @st FILES = ('b.csv') LOAD_UNCERTAIN_FILES = TRUE;
-- > st/b.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
COPY INTO t FROM @st FORCE = TRUE;
SELECT * FROM t ORDER BY id;
-- > 1
-- > 1
-- > 2
-- > 2
-- A file that came lately is loaded, and so are old files into a table that is new.
-- file c.csv
-- | 3
PUT file://{folder}/c.csv @st AUTO_COMPRESS = FALSE;
COPY INTO t FROM @st;
-- > st/c.csv | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
CREATE TABLE young (id INT);
COPY INTO young FROM @st;
SELECT COUNT(*) FROM young;
-- > 3
-- COPY_HISTORY goes back 14 days.
SELECT COUNT(*) FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'T', START_TIME => DATEADD(DAY, -100, CURRENT_TIMESTAMP())));
-- > 4
-- tick 15 days
SELECT COUNT(*) FROM TABLE(INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => 'T', START_TIME => DATEADD(DAY, -100, CURRENT_TIMESTAMP())));
-- > 0
