"""The edits that plant a mistake: rule, what it does, where (a pattern), and what stands there then.

`§` marks the line on which the mistake is planted. `\\g<d>` is the database of the program, which each hand names its own way.
"""

from dataclasses import dataclass

D = r"(?P<d>\w+)"
END = r"\Z"


@dataclass(frozen=True)
class Edit:
    """One way to make a mistake; `put` may use the groups of `find`."""

    rule: str
    what: str
    find: str
    put: str


def at_end(rule: str, *texts: tuple[str, str]) -> list[Edit]:
    """Statements that somebody adds below everything else."""
    return [
        Edit(
            rule,
            what,
            r"(?P<last>ALTER TABLE (?P<d>\w+)\.DWH\.LOG ADD COLUMN HOST VARCHAR;\n)" + END,
            r"\g<last>" + text,
        )
        for what, text in texts
    ]


TASK = "CREATE TASK IF NOT EXISTS \\g<d>.ETL.EXTRA WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 7 * * * UTC'"
RESUME = "\nALTER TASK \\g<d>.ETL.EXTRA RESUME;\n"
PROCEDURE = "CREATE OR ALTER PROCEDURE \\g<d>.DWH.EXTRA(P_ID NUMBER) RETURNS NUMBER LANGUAGE SQL AS\n$$\n{}\n$$;\n"
SALES = "\\g<d>.DWH.SALES"


def in_block(rule: str, *texts: tuple[str, str]) -> list[Edit]:
    """New procedures with the mistake in them."""
    return at_end(rule, *((what, PROCEDURE.format(text)) for what, text in texts))


EDITS: tuple[Edit, ...] = (
    # -- reading
    *at_end(
        "SD008",
        ("a heading", "Step 9: clean up the tables§\nSELECT 1 AS A;\n"),
        ("a sentence", "This part is not finished yet§\nSELECT 1 AS A;\n"),
        ("a question", "Why does it run twice?§\nSELECT 1 AS A;\n"),
    ),
    Edit("SD009", "after a CREATE TABLE", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(.*\));$", r"\1§"),
    Edit("SD009", "after a stage", r"^(CREATE STAGE .*);$", r"\1§"),
    Edit("SD009", "after a RESUME", r"^(ALTER TASK \w+\.ETL\.\w+ RESUME);\n(?=ALTER)", r"\1§" + "\n"),
    *at_end("SD010", ("a text", "SELECT 'abc AS A;§\n"), ("a name", 'SELECT 1 AS "A;§\n'), ("a comment", "/* to be done§\nSELECT 1 AS A;\n")),
    Edit("SD011", "OR REPLACE", r"^CREATE (?=STAGE IF)", "CREATE OR REPLAC §"),
    Edit("SD011", "IF NOT EXISTS", r"^(CREATE STAGE IF NOT EXIST)S (.*)$", r"\1 \2§"),
    Edit("SD011", "a property", r"^(CREATE STAGE .*);$", r"\1 COMENT = 'x';§"),
    *at_end("SD011", ("to whom", "GRANT USAGE ON SCHEMA \\g<d>.RAW TO ROL READER;§\n")),
    *at_end(
        "SD012",
        ("a format", "CREATE FILE FORMAT IF NOT EXISTS \\g<d>.RAW.FX TYPE = EXCEL;§\n"),
        ("a stage", "CREATE STAGE IF NOT EXISTS \\g<d>.RAW.SX FILE_FORMAT = (TYPE = TEXT);§\n"),
        ("errors", "COPY INTO \\g<d>.RAW.ORDERS FROM @\\g<d>.RAW.SY FILE_FORMAT = (TYPE = CSV) ON_ERROR = IGNORE;§\n"),
    ),
    Edit("SD013", "a last comma", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(.*)\);$", r"\1,);§"),
    Edit("SD013", "no comma", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(.*)\);$", r"\1, X1 NUMBER X2 NUMBER);§"),
    Edit("SD013", "a column twice", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(ID NUMBER.*)\);$", r"\1, ID NUMBER);§"),
    *at_end(
        "SD014",
        ("quotes", "DELETE FROM SOMEWHERE.ELSE.PEOPLE WHERE NAME = \u2018x\u2019;§\n"),
        ("double quotes", "SELECT \u201cname\u201d FROM SOMEWHERE.ELSE.PEOPLE;§\n"),
        ("an operator", "DELETE FROM SOMEWHERE.ELSE.PEOPLE WHERE ID == 1;§\n"),
    ),
    Edit("SD015", "a date", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(.*)\);$", r"\1, X1 DATE DEFAULT '2026-01-01');§"),
    Edit("SD015", "a number", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(.*)\);$", r"\1, X1 NUMBER(5, 2) DEFAULT '0' NOT NULL);§"),
    Edit("SD015", "a flag", r"^(CREATE TABLE IF NOT EXISTS \w+\.RAW\.\w+ \(.*)\);$", r"\1, X1 BOOLEAN DEFAULT 'false');§"),
    # -- streams
    *at_end(
        "SD101",
        ("a metrics task", f"{TASK}\n  WHEN SYSTEM$STREAM_HAS_DATA('\\g<d>.RAW.ORDER_STREAM')\nAS INSERT INTO \\g<d>.DWH.LOG (STEP, ROW_COUNT) SELECT 'n', COUNT(*) FROM \\g<d>.RAW.ORDER_STREAM;§{RESUME}"),
        ("a second copy", f"{TASK}\n  WHEN SYSTEM$STREAM_HAS_DATA('\\g<d>.RAW.ORDER_STREAM')\nAS INSERT INTO \\g<d>.DWH.PEOPLE (ID) SELECT CUSTOMER_ID FROM \\g<d>.RAW.ORDER_STREAM;§{RESUME}"),
        ("a block", f"{TASK}\n  WHEN SYSTEM$STREAM_HAS_DATA('\\g<d>.MART.BIG_SALE_STREAM')\nAS BEGIN\n  INSERT INTO \\g<d>.DWH.PEOPLE (ID) SELECT ID FROM \\g<d>.MART.BIG_SALE_STREAM;§\nEND;{RESUME}"),
    ),
    Edit("SD102", "no transaction", r"  BEGIN TRANSACTION;\n(  INSERT INTO (?P<d>\w+)\.DWH\.LOG \(AT, STEP, ROW_COUNT\) SELECT CURRENT_TIMESTAMP\(\), 'big'.*\n)  COMMIT;\n", r"\1  INSERT INTO \g<d>.DWH.PEOPLE (ID) SELECT ID FROM \g<d>.MART.BIG_SALE_STREAM;§" + "\n"),
    Edit("SD102", "after the transaction", r"(FROM (?P<d>\w+)\.MART\.BIG_SALE_STREAM;\n  COMMIT;\n)", r"\1  INSERT INTO \g<d>.DWH.PEOPLE (ID) SELECT ID FROM \g<d>.MART.BIG_SALE_STREAM;§" + "\n"),
    Edit("SD102", "a second procedure call", r"^AS\n  INSERT INTO (?P<d>\w+)\.DWH\.SALES \(ID, CUSTOMER_ID, AMOUNT, SOLD_ON\)\n  (SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM \w+\.RAW\.ORDER_STREAM;)", r"AS" + "\nBEGIN\n" + r"  INSERT INTO \g<d>.DWH.SALES (ID, CUSTOMER_ID, AMOUNT, SOLD_ON) \2" + "\n" + r"  INSERT INTO \g<d>.DWH.PEOPLE (ID) SELECT CUSTOMER_ID FROM \g<d>.RAW.ORDER_STREAM;§" + "\nEND;"),
    Edit("SD103", "the filter is gone", r"SELECT ID, NAME, COUNTRY, METADATA\$ACTION AS ACTION\n    FROM (\w+)\.RAW\.CUSTOMER_STREAM\n    WHERE NOT .*\n(.*), METADATA\$ROW_ID\) = 1\n  \) AS S ON T.ID = S.ID\n.*\n(.*\n.*\n)  WHEN NOT MATCHED AND S.ACTION = 'INSERT'", r"SELECT ID, NAME, COUNTRY" + "\n" + r"    FROM \1.RAW.CUSTOMER_STREAM§" + "\n" + r"\2) = 1" + "\n  ) AS S ON T.ID = S.ID\n" + r"\3  WHEN NOT MATCHED"),
    Edit("SD103", "the stream is standard now", r"(ORDER_STREAM ON TABLE \w+\.RAW\.ORDERS) APPEND_ONLY = TRUE(;(?:.|\n)*AMOUNT, ORDERED_ON FROM \w+\.RAW\.ORDER_STREAM;)", r"\1\2§"),
    Edit("SD103", "said to be no append-only stream", r"(ORDER_STREAM ON TABLE \w+\.RAW\.ORDERS) APPEND_ONLY = TRUE(;(?:.|\n)*AMOUNT, ORDERED_ON FROM \w+\.RAW\.ORDER_STREAM;)", r"\1 APPEND_ONLY = FALSE\2§"),
    Edit("SD105", "in a task", r"SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM (\w+)\.RAW\.ORDER_STREAM;", r"SELECT * FROM \1.RAW.ORDER_STREAM;§"),
    Edit("SD105", "with an alias", r"SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM (\w+)\.RAW\.ORDER_STREAM;", r"SELECT O.* FROM \1.RAW.ORDER_STREAM AS O;§"),
    Edit("SD105", "in a block", r"(  INSERT INTO \w+\.DWH\.LOG) \(AT, STEP, ROW_COUNT\) SELECT CURRENT_TIMESTAMP\(\), 'big', ID FROM", r"\1 SELECT * FROM§"),
    *at_end(
        "SD107",
        ("a table", "CREATE OR REPLACE TABLE \\g<d>.RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, CUSTOMER_ID NUMBER, AMOUNT NUMBER(12, 2), ORDERED_ON DATE);§\n"),
        ("a table from a query", "CREATE OR REPLACE TABLE \\g<d>.RAW.CUSTOMERS AS SELECT 1 AS ID, 'x' AS NAME, 'DE' AS COUNTRY, CURRENT_DATE() AS SEEN_ON;§\n"),
        ("the table under a view", "CREATE OR REPLACE TABLE \\g<d>.DWH.SALES (ID NUMBER NOT NULL PRIMARY KEY, CUSTOMER_ID NUMBER, AMOUNT NUMBER(12, 2), SOLD_ON DATE);§\n"),
    ),
    *at_end(
        "SD108",
        ("a view", "CREATE OR REPLACE VIEW \\g<d>.MART.BIG_SALES AS SELECT ID, AMOUNT FROM \\g<d>.DWH.SALES WHERE AMOUNT > 2000;§\n"),
        ("with grants", "CREATE OR REPLACE VIEW \\g<d>.MART.BIG_SALES COPY GRANTS AS SELECT ID, AMOUNT FROM \\g<d>.DWH.SALES;§\n"),
        ("a secure view", "CREATE OR REPLACE SECURE VIEW \\g<d>.MART.BIG_SALES AS SELECT ID, AMOUNT FROM \\g<d>.DWH.SALES;§\n"),
    ),
    Edit("SD113", "in the filter", r"WHERE NOT \(METADATA\$ACTION = 'DELETE' AND", "WHERE NOT (METADATA$ACTION = 'delete' AND§"),
    Edit("SD113", "in a branch", r"WHEN MATCHED AND S\.ACTION = 'DELETE' THEN DELETE", "WHEN MATCHED AND S.ACTION = 'Delete' THEN DELETE§"),
    Edit("SD113", "a word that it never holds", r"WHERE NOT \(METADATA\$ACTION = 'DELETE' AND", "WHERE NOT (METADATA$ACTION = 'UPDATE' AND§"),
    Edit("SD114", "GROUP BY", r"SELECT ID, AMOUNT FROM (\w+)\.DWH\.SALES WHERE AMOUNT > 1000;\n(CREATE STREAM .*BIG_SALE_STREAM.*)", r"SELECT ID, SUM(AMOUNT) AS AMOUNT FROM \1.DWH.SALES GROUP BY ID;" + "\n" + r"\2§"),
    Edit("SD114", "DISTINCT", r"SELECT ID, AMOUNT FROM (\w+)\.DWH\.SALES WHERE AMOUNT > 1000;\n(CREATE STREAM .*BIG_SALE_STREAM.*)", r"SELECT DISTINCT ID, AMOUNT FROM \1.DWH.SALES;" + "\n" + r"\2§"),
    Edit("SD114", "LIMIT", r"SELECT ID, AMOUNT FROM (\w+)\.DWH\.SALES WHERE AMOUNT > 1000;\n(CREATE STREAM .*BIG_SALE_STREAM.*)", r"SELECT ID, AMOUNT FROM \1.DWH.SALES LIMIT 10;" + "\n" + r"\2§"),
    Edit("SD115", "left out", r" INSERT_ONLY = TRUE;", ";§"),
    Edit("SD115", "said to be false", r" INSERT_ONLY = TRUE;", " INSERT_ONLY = FALSE;§"),
    Edit("SD115", "append-only instead", r" INSERT_ONLY = TRUE;", " APPEND_ONLY = TRUE;§"),
    *at_end(
        "SD116",
        ("its source", "ALTER STREAM \\g<d>.RAW.ORDER_STREAM SET SHOW_INITIAL_ROWS = TRUE;§\n"),
        ("its offset", "ALTER STREAM \\g<d>.RAW.ORDER_STREAM SET OFFSET = 0;§\n"),
        ("a refresh", "ALTER STREAM \\g<d>.RAW.ORDER_STREAM REFRESH;§\n"),
    ),
    *at_end(
        "SD117",
        ("a task", f"{TASK}\nAS CREATE OR REPLACE TABLE \\g<d>.RAW.ORDERS AS SELECT 1 AS ID, 2 AS CUSTOMER_ID, 3 AS AMOUNT, CURRENT_DATE() AS ORDERED_ON;§{RESUME}"),
        ("a block", f"{TASK}\nAS BEGIN\n  CREATE OR REPLACE TABLE \\g<d>.RAW.CUSTOMERS (ID NUMBER, NAME VARCHAR(100), COUNTRY VARCHAR(2), SEEN_ON DATE);§\nEND;{RESUME}"),
        ("another table", f"{TASK}\nAS BEGIN\n  CREATE OR REPLACE TABLE \\g<d>.RAW.ORDERS (ID NUMBER, CUSTOMER_ID NUMBER, AMOUNT NUMBER(12, 2), ORDERED_ON DATE);§\nEND;{RESUME}"),
    ),
    # -- tasks
    *at_end(
        "SD201",
        ("a new body", "ALTER TASK \\g<d>.ETL.SALES MODIFY AS CALL \\g<d>.DWH.COUNT_ROWS(1);§\n"),
        ("a property of a child", "ALTER TASK \\g<d>.ETL.PEOPLE SET COMMENT = 'x';§\n"),
        ("another condition", "ALTER TASK \\g<d>.ETL.PEOPLE REMOVE WHEN;§\n"),
    ),
    Edit("SD202", "one child", r"^(CREATE TASK IF NOT EXISTS \w+\.ETL\.TRIM_LOG)$((?:.|\n)*)^ALTER TASK \w+\.ETL\.TRIM_LOG RESUME;\n", r"\1§\2"),
    Edit("SD202", "another child", r"^(CREATE TASK IF NOT EXISTS \w+\.ETL\.SALES)$((?:.|\n)*)^ALTER TASK \w+\.ETL\.SALES RESUME;\n", r"\1§\2"),
    Edit("SD202", "the finalizer", r"^(CREATE TASK IF NOT EXISTS \w+\.ETL\.FINISH)$((?:.|\n)*)^ALTER TASK \w+\.ETL\.FINISH RESUME;\n", r"\1§\2"),
    Edit("SD204", "first of all", r"(ALTER TASK \w+\.ETL\.FINISH RESUME;\n(?:ALTER TASK .*\n)*?)(ALTER TASK \w+\.ETL\.ROOT RESUME;)\n", r"\2§" + "\n" + r"\1"),
    Edit("SD204", "before the last child", r"(ALTER TASK \w+\.ETL\.SALES RESUME;\n)(ALTER TASK \w+\.ETL\.ROOT RESUME;)\n", r"\2§" + "\n" + r"\1"),
    Edit("SD204", "before two children", r"(ALTER TASK \w+\.ETL\.PEOPLE RESUME;\nALTER TASK \w+\.ETL\.SALES RESUME;\n)(ALTER TASK \w+\.ETL\.ROOT RESUME;)\n", r"\2§" + "\n" + r"\1"),
    Edit("SD205", "a child elsewhere", r"CREATE TASK IF NOT EXISTS (\w+)\.ETL\.TRIM_LOG\n(.*\n)(  AFTER .*)((?:.|\n)*ALTER TASK \w+)\.ETL\.TRIM_LOG RESUME", r"CREATE TASK IF NOT EXISTS \1.DWH.TRIM_LOG" + "\n" + r"\2\3§\4.DWH.TRIM_LOG RESUME"),
    Edit("SD205", "a finalizer elsewhere", r"CREATE TASK IF NOT EXISTS (\w+)\.ETL\.FINISH\n(.*\n)(  FINALIZE .*)((?:.|\n)*ALTER TASK \w+)\.ETL\.FINISH RESUME", r"CREATE TASK IF NOT EXISTS \1.DWH.FINISH" + "\n" + r"\2\3§\4.DWH.FINISH RESUME"),
    Edit("SD205", "another child elsewhere", r"CREATE TASK IF NOT EXISTS (\w+)\.ETL\.TRIM_LOG\n(.*\n)(  AFTER .*)((?:.|\n)*ALTER TASK \w+)\.ETL\.TRIM_LOG RESUME", r"CREATE TASK IF NOT EXISTS \1.MART.TRIM_LOG" + "\n" + r"\2\3§\4.MART.TRIM_LOG RESUME"),
    Edit("SD206", "two roots", r"^(ALTER TASK (\w+)\.ETL\.FINISH RESUME;)", r"CREATE TASK IF NOT EXISTS \2.ETL.ALONE WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 9 * * * UTC' AS CALL \2.DWH.COUNT_ROWS(3);" + "\n" + r"CREATE TASK IF NOT EXISTS \2.ETL.BOTH§ WAREHOUSE = LOAD_WH AFTER \2.ETL.ROOT, \2.ETL.ALONE AS CALL \2.DWH.COUNT_ROWS(2);" + "\n" + r"ALTER TASK \2.ETL.BOTH RESUME;" + "\n" + r"ALTER TASK \2.ETL.ALONE RESUME;" + "\n" + r"\1"),
    *at_end(
        "SD206",
        ("a circle", "CREATE TASK IF NOT EXISTS \\g<d>.ETL.A WAREHOUSE = LOAD_WH AFTER \\g<d>.ETL.B AS CALL \\g<d>.DWH.COUNT_ROWS(2);\nCREATE TASK IF NOT EXISTS \\g<d>.ETL.B§ WAREHOUSE = LOAD_WH AFTER \\g<d>.ETL.A AS CALL \\g<d>.DWH.COUNT_ROWS(3);\nALTER TASK \\g<d>.ETL.A RESUME;\nALTER TASK \\g<d>.ETL.B RESUME;\n"),
        ("a circle of itself", "CREATE TASK IF NOT EXISTS \\g<d>.ETL.A§ WAREHOUSE = LOAD_WH AFTER \\g<d>.ETL.A AS CALL \\g<d>.DWH.COUNT_ROWS(2);\nALTER TASK \\g<d>.ETL.A RESUME;\n"),
    ),
    Edit("SD207", "on a child", r"(TASK IF NOT EXISTS \w+\.ETL\.SALES\n  WAREHOUSE = LOAD_WH\n)", r"\1  SCHEDULE = '5 MINUTES'§" + "\n"),
    Edit("SD207", "a CRON on a child", r"(TASK IF NOT EXISTS \w+\.ETL\.PEOPLE\n  WAREHOUSE = LOAD_WH\n)", r"\1  SCHEDULE = 'USING CRON 0 7 * * * UTC'§" + "\n"),
    Edit("SD207", "on the last child", r"(TASK IF NOT EXISTS \w+\.ETL\.TRIM_LOG\n  WAREHOUSE = LOAD_WH\n)", r"\1  SCHEDULE = '1 HOUR'§" + "\n"),
    Edit("SD208", "with a schedule", r"^(  FINALIZE = \w+\.ETL\.ROOT)$", r"\1" + "\n  SCHEDULE = '5 MINUTES'§"),
    Edit("SD208", "of a child", r"^  FINALIZE = (\w+)\.ETL\.ROOT$", r"  FINALIZE = \1.ETL.SALES§"),
    Edit("SD208", "with a predecessor", r"^  FINALIZE = (\w+)\.ETL\.ROOT$", r"  FINALIZE = \1.ETL.ROOT" + "\n" + r"  AFTER \1.ETL.SALES§"),
    Edit("SD209", "retries", r"(TASK IF NOT EXISTS \w+\.ETL\.SALES\n  WAREHOUSE = LOAD_WH\n)", r"\1  TASK_AUTO_RETRY_ATTEMPTS = 2§" + "\n"),
    Edit("SD209", "overlap", r"(TASK IF NOT EXISTS \w+\.ETL\.PEOPLE\n  WAREHOUSE = LOAD_WH\n)", r"\1  ALLOW_OVERLAPPING_EXECUTION = TRUE§" + "\n"),
    Edit("SD209", "overlap policy", r"(TASK IF NOT EXISTS \w+\.ETL\.TRIM_LOG\n  WAREHOUSE = LOAD_WH\n)", r"\1  OVERLAP_POLICY = ALLOW_ALL_OVERLAP§" + "\n"),
    *at_end(
        "SD211",
        ("warehouse and schedule", "CREATE OR ALTER TASK \\g<d>.ETL.ALONE WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 8 * * * UTC' AS CALL \\g<d>.DWH.COUNT_ROWS(4);\nCREATE OR ALTER TASK \\g<d>.ETL.ALONE§ USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' AS CALL \\g<d>.DWH.COUNT_ROWS(5);\nALTER TASK \\g<d>.ETL.ALONE RESUME;\n"),
        ("the schedule", "CREATE OR ALTER TASK \\g<d>.ETL.ALONE WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 8 * * * UTC' AS CALL \\g<d>.DWH.COUNT_ROWS(4);\nCREATE OR ALTER TASK \\g<d>.ETL.ALONE§ WAREHOUSE = LOAD_WH AS CALL \\g<d>.DWH.COUNT_ROWS(5);\nALTER TASK \\g<d>.ETL.ALONE RESUME;\n"),
        ("the schedule of a task made before", "CREATE TASK IF NOT EXISTS \\g<d>.ETL.ALONE WAREHOUSE = LOAD_WH SCHEDULE = 'USING CRON 0 8 * * * UTC' AS CALL \\g<d>.DWH.COUNT_ROWS(4);\nCREATE OR ALTER TASK \\g<d>.ETL.ALONE§ WAREHOUSE = LOAD_WH COMMENT = 'daily' AS CALL \\g<d>.DWH.COUNT_ROWS(5);\nALTER TASK \\g<d>.ETL.ALONE RESUME;\n"),
    ),
    Edit("SD212", "no warehouse", r"(TASK IF NOT EXISTS \w+\.ETL\.ON_SALE)\n  WAREHOUSE = LOAD_WH\n", r"\1§" + "\n"),
    Edit("SD212", "a size instead", r"(TASK IF NOT EXISTS \w+\.ETL\.ON_SALE)\n  WAREHOUSE = LOAD_WH\n", r"\1§" + "\n  USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'\n"),
    Edit("SD212", "a timeout instead", r"(TASK IF NOT EXISTS \w+\.ETL\.ON_SALE)\n  WAREHOUSE = LOAD_WH\n", r"\1§" + "\n  USER_TASK_TIMEOUT_MS = 60000\n"),
    *at_end(
        "SD213",
        ("a second statement", f"{TASK}\nAS\n  DELETE FROM {SALES} WHERE ID < 0;\n  INSERT INTO {SALES} (ID) SELECT ID FROM \\g<d>.DWH.PEOPLE;§{RESUME}"),
        ("an update", f"{TASK}\nAS\n  DELETE FROM {SALES} WHERE ID < 0;\n  UPDATE {SALES} SET AMOUNT = 0 WHERE AMOUNT < 0;§{RESUME}"),
        ("two deletes", f"{TASK}\nAS\n  DELETE FROM {SALES} WHERE ID < 0;\n  DELETE FROM {SALES} WHERE AMOUNT < 0;§{RESUME}"),
    ),
    Edit("SD214", "six fields", r"SCHEDULE = 'USING CRON 0 6 \* \* \* UTC'", "SCHEDULE = 'USING CRON 0 0 6 * * * UTC'§"),
    Edit("SD214", "no zone", r"SCHEDULE = 'USING CRON 0 6 \* \* \* UTC'", "SCHEDULE = 'USING CRON 0 6 * * *'§"),
    Edit("SD214", "an hour 25", r"SCHEDULE = 'USING CRON 0 6 \* \* \* UTC'", "SCHEDULE = 'USING CRON 0 25 * * * UTC'§"),
    Edit("SD214", "a unit of its own", r"SCHEDULE = 'USING CRON 0 6 \* \* \* UTC'", "SCHEDULE = 'every 5 minutes'§"),
    Edit("SD221", "a query", r"WHEN SYSTEM\$STREAM_HAS_DATA\('(\w+\.RAW\.CUSTOMER_STREAM)'\)", r"WHEN SYSTEM$STREAM_HAS_DATA('\1') AND (SELECT COUNT(*) FROM \1) > 0§"),
    Edit("SD221", "a function", r"WHEN SYSTEM\$STREAM_HAS_DATA\('(\w+\.RAW\.CUSTOMER_STREAM)'\)", r"WHEN SYSTEM$STREAM_HAS_DATA('\1') AND HOUR(CURRENT_TIMESTAMP()) > 6§"),
    Edit("SD221", "JSON", r"WHEN SYSTEM\$STREAM_HAS_DATA\('(\w+\.RAW\.CUSTOMER_STREAM)'\)", r"WHEN SYSTEM$STREAM_HAS_DATA('\1') AND PARSE_JSON('1') = 1§"),
    *at_end("SD222", ("a child", "EXECUTE TASK \\g<d>.ETL.SALES;§\n"), ("the last child", "EXECUTE TASK \\g<d>.ETL.TRIM_LOG;§\n"), ("another child", "EXECUTE TASK \\g<d>.ETL.PEOPLE;§\n")),
    # -- merge
    *at_end(
        "SD301",
        ("a table", "CREATE TABLE IF NOT EXISTS \\g<d>.RAW.STG (ID NUMBER, NAME VARCHAR(100), AT DATE);\nCOPY INTO \\g<d>.RAW.STG (ID, NAME, AT) FROM @\\g<d>.RAW.FILES/stg/ ON_ERROR = SKIP_FILE;\nMERGE INTO \\g<d>.DWH.PEOPLE AS T USING \\g<d>.RAW.STG AS S ON T.ID = S.ID§ WHEN MATCHED THEN UPDATE SET NAME = S.NAME WHEN NOT MATCHED THEN INSERT (ID, NAME) VALUES (S.ID, S.NAME);\n"),
        ("a query", "CREATE TABLE IF NOT EXISTS \\g<d>.RAW.STG (ID NUMBER, NAME VARCHAR(100), AT DATE);\nCOPY INTO \\g<d>.RAW.STG (ID, NAME, AT) FROM @\\g<d>.RAW.FILES/stg/ ON_ERROR = SKIP_FILE;\nMERGE INTO \\g<d>.DWH.PEOPLE AS T USING (SELECT ID, NAME FROM \\g<d>.RAW.STG WHERE ID > 0) AS S ON T.ID = S.ID§ WHEN MATCHED THEN UPDATE SET NAME = S.NAME WHEN NOT MATCHED THEN INSERT (ID, NAME) VALUES (S.ID, S.NAME);\n"),
        ("rows of another key", "CREATE TABLE IF NOT EXISTS \\g<d>.RAW.STG (ID NUMBER, NAME VARCHAR(100), AT DATE);\nCOPY INTO \\g<d>.RAW.STG (ID, NAME, AT) FROM @\\g<d>.RAW.FILES/stg/ ON_ERROR = SKIP_FILE;\nMERGE INTO \\g<d>.DWH.PEOPLE AS T USING (SELECT ID, NAME FROM \\g<d>.RAW.STG QUALIFY ROW_NUMBER() OVER (PARTITION BY ID, AT ORDER BY NAME) = 1) AS S ON T.ID = S.ID§ WHEN MATCHED THEN UPDATE SET NAME = S.NAME WHEN NOT MATCHED THEN INSERT (ID, NAME) VALUES (S.ID, S.NAME);\n"),
    ),
    Edit("SD302", "unequal", r"T\.NAME IS DISTINCT FROM S\.NAME OR T\.COUNTRY IS DISTINCT FROM S\.COUNTRY", "T.NAME <> S.NAME OR T.COUNTRY <> S.COUNTRY§"),
    Edit("SD302", "not equal", r"T\.NAME IS DISTINCT FROM S\.NAME OR T\.COUNTRY IS DISTINCT FROM S\.COUNTRY", "T.NAME != S.NAME OR T.COUNTRY != S.COUNTRY§"),
    Edit("SD302", "one of two", r"T\.NAME IS DISTINCT FROM S\.NAME OR", "T.NAME <> S.NAME OR§"),
    Edit("SD306", "no filter of the pair", r"    WHERE NOT \(METADATA\$ACTION = 'DELETE' AND METADATA\$ISUPDATE\)\n    QUALIFY .*\n((?:.|\n)*?)(WHEN MATCHED AND S\.ACTION = 'DELETE' THEN DELETE)", r"\1\2§"),
    Edit("SD306", "an older form", r"    WHERE NOT \(METADATA\$ACTION = 'DELETE' AND METADATA\$ISUPDATE\)\n    QUALIFY .*\n((?:.|\n)*?)WHEN MATCHED AND S\.ACTION = 'DELETE' THEN DELETE\n  WHEN MATCHED AND .*", r"\1WHEN MATCHED AND S.ACTION = 'DELETE' THEN DELETE§" + "\n" + r"  WHEN MATCHED AND S.ACTION = 'INSERT'"),
    Edit("SD306", "a filter of something else", r"    WHERE NOT \(METADATA\$ACTION = 'DELETE' AND METADATA\$ISUPDATE\)\n    QUALIFY .*\n((?:.|\n)*?)(WHEN MATCHED AND S\.ACTION = 'DELETE' THEN DELETE)", r"    WHERE ID IS NOT NULL" + "\n" + r"\1\2§"),
    *in_block(
        "SD305",
        ("a truncate", "BEGIN\n  INSERT INTO \\g<d>.DWH.LOG (STEP, ROW_COUNT) SELECT PAGE, ID FROM \\g<d>.RAW.CLICKS;\n  TRUNCATE TABLE \\g<d>.RAW.CLICKS;§\n  RETURN 1;\nEND"),
        ("a delete", "BEGIN\n  INSERT INTO \\g<d>.DWH.LOG (STEP, ROW_COUNT) SELECT PAGE, ID FROM \\g<d>.RAW.CLICKS;\n  DELETE FROM \\g<d>.RAW.CLICKS;§\n  RETURN 1;\nEND"),
        ("after a MERGE", f"BEGIN\n  MERGE INTO {SALES} AS T USING (SELECT DISTINCT ID FROM \\g<d>.RAW.CLICKS) AS S ON T.ID = S.ID WHEN NOT MATCHED THEN INSERT (ID) VALUES (S.ID);\n  TRUNCATE TABLE \\g<d>.RAW.CLICKS;§\n  RETURN 1;\nEND"),
    ),
    *in_block(
        "SD307",
        ("a plain source", "BEGIN\n  MERGE INTO \\g<d>.DWH.PEOPLE AS T USING \\g<d>.RAW.CUSTOMERS AS S ON T.ID = S.ID;§\n  RETURN 1;\nEND"),
        ("two conditions", "BEGIN\n  MERGE INTO \\g<d>.DWH.PEOPLE AS T USING \\g<d>.RAW.CUSTOMERS AS S ON T.ID = S.ID AND T.NAME = S.NAME;§\n  RETURN 1;\nEND"),
        ("no branch", "BEGIN\n  MERGE INTO \\g<d>.DWH.PEOPLE AS T USING (SELECT DISTINCT CUSTOMER_ID AS ID FROM \\g<d>.DWH.SALES) AS S ON T.ID = S.ID;§\n  RETURN 1;\nEND"),
    ),
    # -- copy
    Edit("SD402", "a filter", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW\.FILES/orders/\)", r"(SELECT $1, $2, $3, $4 FROM @\1.RAW.FILES/orders/ WHERE $1 > 0)§"),
    Edit("SD402", "an order", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW\.FILES/orders/\)", r"(SELECT $1, $2, $3, $4 FROM @\1.RAW.FILES/orders/ ORDER BY $1)§"),
    Edit("SD402", "a limit", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW\.FILES/orders/\)", r"(SELECT $1, $2, $3, $4 FROM @\1.RAW.FILES/orders/ LIMIT 5)§"),
    Edit("SD402", "an aggregate", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW\.FILES/orders/\)", r"(SELECT $1, $2, MAX($3), MAX($4) FROM @\1.RAW.FILES/orders/ GROUP BY $1, $2)§"),
    Edit("SD403", "with a transform", r"(FROM \(SELECT \$1, \$2, \$3, \$4 FROM @\w+\.RAW\.FILES/orders/\)\n  ON_ERROR = SKIP_FILE)", r"\1 MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE§"),
    Edit("SD403", "case-sensitive with a transform", r"(FROM \(SELECT \$1, \$2, \$3, \$4 FROM @\w+\.RAW\.FILES/orders/\)\n  ON_ERROR = SKIP_FILE)", r"\1 MATCH_BY_COLUMN_NAME = CASE_SENSITIVE§"),
    *at_end("SD403", ("with validation", "COPY INTO \\g<d>.RAW.CLICKS FROM @\\g<d>.RAW.FILES/c/ FILE_FORMAT = (TYPE = PARQUET) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE VALIDATION_MODE = RETURN_ERRORS;§\n")),
    Edit("SD404", "force", r"(AS COPY INTO .*) ON_ERROR = SKIP_FILE;", r"\1 ON_ERROR = SKIP_FILE FORCE = TRUE;§"),
    Edit("SD404", "purge", r"(AS COPY INTO .*) ON_ERROR = SKIP_FILE;", r"\1 ON_ERROR = SKIP_FILE PURGE = TRUE;§"),
    Edit("SD404", "abort", r"(AS COPY INTO .*) ON_ERROR = SKIP_FILE;", r"\1 ON_ERROR = ABORT_STATEMENT;§"),
    Edit("SD404", "files", r"(AS COPY INTO .*) ON_ERROR = SKIP_FILE;", r"\1 FILES = ('a.csv') ON_ERROR = SKIP_FILE;§"),
    Edit("SD408", "one too few", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW", r"(SELECT $1, $2, $3 FROM @\1.RAW§"),
    Edit("SD408", "one too many", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW", r"(SELECT $1, $2, $3, $4, $5 FROM @\1.RAW§"),
    Edit("SD408", "a nested one", r"\(SELECT \$1, \$2, \$3, \$4 FROM @(\w+)\.RAW", r"(SELECT $1, COALESCE($2, $3), $4 FROM @\1.RAW§"),
    *at_end(
        "SD409",
        ("a task", f"{TASK}\nAS COPY INTO \\g<d>.RAW.CLICKS (ID, PAGE) FROM (SELECT $1, $2 FROM @\\g<d>.RAW.%CLICKS) ON_ERROR = SKIP_FILE;§{RESUME}"),
        ("a script", "COPY INTO \\g<d>.RAW.CLICKS (ID) FROM (SELECT $1 FROM @\\g<d>.RAW.%CLICKS) ON_ERROR = SKIP_FILE;§\n"),
        ("with an alias", "COPY INTO \\g<d>.RAW.CLICKS (ID) FROM (SELECT T.$1 FROM @\\g<d>.RAW.%CLICKS AS T) ON_ERROR = SKIP_FILE;§\n"),
    ),
    # -- dynamic tables
    Edit("SD501", "a time", r"^(AS\nSELECT SOLD_ON, SUM\(AMOUNT\) AS TOTAL)( FROM .*GROUP BY SOLD_ON);", r"\1, CURRENT_TIMESTAMP() AS MADE_AT§\2;"),
    Edit("SD501", "a limit", r"^(SELECT SOLD_ON, TOTAL FROM \w+\.MART\.DAILY WHERE TOTAL > 100);", r"\1 LIMIT 10;§"),
    Edit("SD501", "a subquery", r"^(SELECT SOLD_ON, TOTAL FROM (\w+)\.MART\.DAILY WHERE) TOTAL > 100;", r"\1 SOLD_ON IN (SELECT SOLD_ON FROM \2.DWH.SALES);§"),
    Edit("SD501", "a difference", r"^(SELECT SOLD_ON, TOTAL FROM (\w+)\.MART\.DAILY WHERE TOTAL > 100);", r"\1 EXCEPT SELECT SOLD_ON, AMOUNT FROM \2.DWH.SALES;§"),
    Edit("SD503", "no warehouse", r"^(CREATE DYNAMIC TABLE .*DAILY_BEST)\n(  TARGET_LAG = .*\n)  WAREHOUSE = LOAD_WH\n", r"\1§" + "\n" + r"\2"),
    Edit("SD503", "no lag", r"^(CREATE DYNAMIC TABLE .*DAILY_BEST)\n  TARGET_LAG = .*\n", r"\1§" + "\n"),
    Edit("SD503", "30 seconds", r"^(CREATE DYNAMIC TABLE .*DAILY_TOP)\n  TARGET_LAG = '1 hour'", r"\1" + "\n  TARGET_LAG = '30 seconds'§"),
    Edit("SD504", "minutes below hours", r"TARGET_LAG = '2 hours'", "TARGET_LAG = '5 minutes'§"),
    Edit("SD504", "a little less", r"TARGET_LAG = '2 hours'", "TARGET_LAG = '59 minutes'§"),
    Edit("SD504", "the upper one is slower", r"TARGET_LAG = '1 hour'((?:.|\n)*)TARGET_LAG = '2 hours'", r"TARGET_LAG = '1 day'\1TARGET_LAG = '2 hours'§"),
    Edit("SD506", "a stream", r"^SELECT SOLD_ON, TOTAL FROM (\w+)\.MART\.DAILY_TOP WHERE TOTAL > 900;", r"SELECT ORDERED_ON AS SOLD_ON, AMOUNT AS TOTAL FROM \1.RAW.ORDER_STREAM;§"),
    Edit("SD506", "a stage", r"^SELECT SOLD_ON, TOTAL FROM (\w+)\.MART\.DAILY_TOP WHERE TOTAL > 900;", r"SELECT $1 AS SOLD_ON, $2 AS TOTAL FROM @\1.RAW.FILES;§"),
    Edit("SD506", "an external table", r"^SELECT SOLD_ON, TOTAL FROM (\w+)\.MART\.DAILY_TOP WHERE TOTAL > 900;", r"SELECT VALUE:a AS SOLD_ON, VALUE:b AS TOTAL FROM \1.RAW.PAGES;§"),
    *at_end("SD507", ("a delete", "DELETE FROM \\g<d>.MART.DAILY WHERE TOTAL < 0;§\n"), ("an insert", "INSERT INTO \\g<d>.MART.DAILY (SOLD_ON, TOTAL) SELECT SOLD_ON, AMOUNT FROM \\g<d>.DWH.SALES;§\n"), ("a truncate", "TRUNCATE TABLE \\g<d>.MART.DAILY_TOP;§\n")),
    # -- scripting
    *in_block(
        "SD601",
        ("itself", f"BEGIN\n  DELETE FROM {SALES} WHERE P_ID = P_ID;§\n  RETURN 1;\nEND"),
        ("in VALUES", f"BEGIN\n  INSERT INTO {SALES} (ID) VALUES (P_ID);§\n  RETURN 1;\nEND"),
        ("in a filter", f"BEGIN\n  DELETE FROM {SALES} WHERE ID = P_ID;§\n  RETURN 1;\nEND"),
    ),
    *in_block(
        "SD602",
        ("returned", f"BEGIN\n  LET N NUMBER := 0;\n  DELETE FROM {SALES} WHERE ID = :P_ID;\n  N := SQLROWCOUNT;\n  RETURN N;\nEXCEPTION\n  WHEN STATEMENT_ERROR THEN\n    RETURN N;§\nEND"),
        ("in a statement", f"BEGIN\n  LET N NUMBER := 0;\n  DELETE FROM {SALES} WHERE ID = :P_ID;\n  N := SQLROWCOUNT;\n  RETURN N;\nEXCEPTION\n  WHEN STATEMENT_ERROR THEN\n    INSERT INTO \\g<d>.DWH.LOG (ROW_COUNT) SELECT :N;§\n    RAISE;\nEND"),
        ("in a sum", f"BEGIN\n  LET N NUMBER := 0;\n  DELETE FROM {SALES} WHERE ID = :P_ID;\n  N := SQLROWCOUNT;\n  RETURN N;\nEXCEPTION\n  WHEN STATEMENT_ERROR THEN\n    RETURN N + 1;§\nEND"),
    ),
    Edit("SD605", "a table", r"^(  N := SQLROWCOUNT;)$", r"\1" + "\n  CREATE TABLE IF NOT EXISTS DWH.TMP_ (A NUMBER);§"),
    Edit("SD605", "a temporary table", r"^(  N := SQLROWCOUNT;)$", r"\1" + "\n  CREATE TEMPORARY TABLE DWH.TMP_ AS SELECT 1 AS A;§"),
    Edit("SD605", "an ALTER", r"^(  N := SQLROWCOUNT;)$", r"\1" + "\n  ALTER TABLE DWH.LOG ADD COLUMN Z NUMBER;§"),
    *in_block(
        "SD606",
        ("never", f"BEGIN\n  BEGIN TRANSACTION;\n  DELETE FROM {SALES} WHERE ID = :P_ID;\n  RETURN 1;§\nEND"),
        ("a return before", f"BEGIN\n  BEGIN TRANSACTION;\n  DELETE FROM {SALES} WHERE ID = :P_ID;\n  IF (P_ID > 3) THEN\n    RETURN 0;§\n  END IF;\n  COMMIT;\n  RETURN 1;\nEND"),
        ("in the handler", f"BEGIN\n  BEGIN TRANSACTION;\n  DELETE FROM {SALES} WHERE ID = :P_ID;\n  COMMIT;\n  RETURN 1;\nEXCEPTION\n  WHEN STATEMENT_ERROR THEN\n    RETURN 0;§\nEND"),
    ),
    *in_block(
        "SD608",
        ("ELSIF", "BEGIN\n  IF (P_ID > 1) THEN\n    RETURN 1;\n  ELSIF (P_ID > 0) THEN§\n    RETURN 2;\n  END IF;\n  RETURN 3;\nEND"),
        ("no END IF", "BEGIN\n  IF (P_ID > 1) THEN\n    RETURN 1;\n  RETURN 3;\nEND§"),
        ("no THEN", "BEGIN\n  IF (P_ID > 1)\n    RETURN 1;§\n  END IF;\n  RETURN 3;\nEND"),
    ),
    *in_block(
        "SD611",
        ("misspelt", f"BEGIN\n  DELETE FROM {SALES} WHERE ID = :P_IDD;§\n  RETURN 1;\nEND"),
        ("never declared", "BEGIN\n  INSERT INTO \\g<d>.DWH.LOG (ROW_COUNT) SELECT :N_ROWS;§\n  RETURN 1;\nEND"),
        ("of another block", "BEGIN\n  BEGIN\n    LET INNER_N NUMBER := 1;\n  END;\n  INSERT INTO \\g<d>.DWH.LOG (ROW_COUNT) SELECT :INNER_M;§\n  RETURN 1;\nEND"),
    ),
    Edit("SD612", "another name", r"HANDLER = 'score'", "HANDLER = 'scores'§"),
    Edit("SD612", "main", r"HANDLER = 'score'", "HANDLER = 'main'§"),
    Edit("SD612", "a misspelt name", r"HANDLER = 'score'", "HANDLER = 'scrore'§"),
    # -- names and columns
    Edit("SD701", "a table", r"SELECT ID, AMOUNT FROM (\w+)\.DWH\.SALES WHERE AMOUNT > 1000;", r"SELECT ID, AMOUNT FROM \1.DWH.SALE WHERE AMOUNT > 1000;§"),
    Edit("SD701", "a procedure", r"CALL (\w+)\.DWH\.LOAD_PEOPLE\(1\);", r"CALL \1.DWH.LOAD_PEPLE(1);§"),
    Edit("SD701", "a stage", r"FROM @(\w+)\.RAW\.FILES/orders/\)", r"FROM @\1.RAW.FILE/orders/)§"),
    Edit("SD701", "a predecessor", r"  AFTER (\w+)\.ETL\.SALES, ", r"  AFTER \1.ETL.SALE, §"),
    *at_end(
        "SD702",
        ("a view of a table's name", f"CREATE VIEW IF NOT EXISTS {SALES} AS SELECT ID FROM \\g<d>.DWH.PEOPLE;§\n"),
        ("a table of a view's name", "CREATE TABLE IF NOT EXISTS \\g<d>.MART.BIG_SALES (ID NUMBER NOT NULL);§\n"),
        ("a dynamic table of a table's name", "CREATE DYNAMIC TABLE IF NOT EXISTS \\g<d>.DWH.PEOPLE§ TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM \\g<d>.DWH.SALES;\n"),
    ),
    *at_end(
        "SD703",
        ("two views", "CREATE VIEW IF NOT EXISTS \\g<d>.MART.A1§ AS SELECT ID FROM \\g<d>.MART.A2;\nCREATE VIEW IF NOT EXISTS \\g<d>.MART.A2 AS SELECT ID FROM \\g<d>.MART.A1;\n"),
        ("three views", "CREATE VIEW IF NOT EXISTS \\g<d>.MART.A1§ AS SELECT ID FROM \\g<d>.MART.A3;\nCREATE VIEW IF NOT EXISTS \\g<d>.MART.A2 AS SELECT ID FROM \\g<d>.MART.A1;\nCREATE VIEW IF NOT EXISTS \\g<d>.MART.A3 AS SELECT ID FROM \\g<d>.MART.A2;\n"),
    ),
    *at_end("SD703", ("a dynamic table and a view", "CREATE DYNAMIC TABLE IF NOT EXISTS \\g<d>.MART.A1§ TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH AS SELECT ID FROM \\g<d>.MART.A2;\nCREATE VIEW IF NOT EXISTS \\g<d>.MART.A2 AS SELECT ID FROM \\g<d>.MART.A1;\n")),
    *at_end(
        "SD704",
        ("a task", f"{TASK}\nAS DELETE FROM PEOPLE WHERE ID < 0;§{RESUME}"),
        ("a read", f"{TASK}\nAS DELETE FROM \\g<d>.DWH.LOG WHERE ROW_COUNT IN (SELECT ID FROM CLICKS);§{RESUME}"),
        ("a block", f"{TASK}\nAS BEGIN\n  UPDATE CLICKS SET PAGE = '' WHERE PAGE IS NULL;§\nEND;{RESUME}"),
    ),
    Edit("SD706", "in a view", r"SELECT ID, AMOUNT FROM (\w+)\.DWH\.SALES WHERE AMOUNT > 1000;", r"SELECT ID, AMOUNT FROM \1.DWH.SALES WHERE AMUONT > 1000;§"),
    Edit("SD706", "in a task", r"  SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM", "  SELECT ID, CUSTOMER_ID, AMOUNT, ORDER_ON FROM§"),
    Edit("SD706", "in a join", r"ON P\.ID = S\.CUSTOMER_ID$", "ON P.ID = S.CUSTOMERID§"),
    Edit("SD706", "in a column list", r"INSERT INTO (\w+)\.DWH\.SALES \(ID, CUSTOMER_ID, AMOUNT, SOLD_ON\)", r"INSERT INTO \1.DWH.SALES (ID, CUSTOMER_ID, AMOUNT, SOLD_AT)§"),
    Edit("SD706", "in a MERGE", r"THEN UPDATE SET NAME = S\.NAME, COUNTRY = S\.COUNTRY", "THEN UPDATE SET NAME = S.NAME, LAND = S.COUNTRY§"),
    Edit("SD706", "in a COPY", r"COPY INTO (\w+)\.RAW\.ORDERS \(ID, CUSTOMER_ID, AMOUNT, ORDERED_ON\)", r"COPY INTO \1.RAW.ORDERS (ID, CUSTOMER_ID, AMOUNT, ORDERED_AT)§"),
    Edit("SD707", "a query too short", r"  SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM", "  SELECT ID, CUSTOMER_ID, AMOUNT FROM§"),
    Edit("SD707", "a query too long", r"  SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM", "  SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON, 1 FROM§"),
    Edit("SD707", "VALUES of a MERGE", r"VALUES \(S\.ID, S\.NAME, S\.COUNTRY\)", "VALUES (S.ID, S.NAME)§"),
    Edit("SD708", "two columns", r"  SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM", "  SELECT CUSTOMER_ID, ID, AMOUNT, ORDERED_ON FROM§"),
    Edit("SD708", "a date for a number", r"  SELECT ID, CUSTOMER_ID, AMOUNT, ORDERED_ON FROM", "  SELECT ID, CUSTOMER_ID, ORDERED_ON, AMOUNT FROM§"),
    *at_end("SD708", ("names", "INSERT INTO \\g<d>.DWH.PEOPLE (ID, NAME, COUNTRY) SELECT ID, COUNTRY, NAME FROM \\g<d>.RAW.CUSTOMERS;§\n")),
    *at_end(
        "SD713",
        ("a cast", "DELETE FROM \\g<d>.DWH.SALES WHERE SOLD_ON < '20240301'::DATE;§\n"),
        ("a call", "DELETE FROM \\g<d>.DWH.SALES WHERE SOLD_ON < TO_DATE('20240301');§\n"),
        ("a comparison", "DELETE FROM \\g<d>.DWH.SALES WHERE SOLD_ON < '20240301';§\n"),
    ),
    Edit("SD714", "in a select", r"^SELECT P\.COUNTRY, SUM\(S\.AMOUNT\) AS TOTAL$", "SELECT P.COUNTRY, SUM(S.AMOUNT) AS TOTAL, MAX(ID) AS LAST_ID§"),
    Edit("SD714", "in a join", r"ON P\.ID = S\.CUSTOMER_ID$", "ON ID = S.CUSTOMER_ID§"),
    *at_end("SD714", ("in a filter", "CREATE VIEW IF NOT EXISTS \\g<d>.MART.X AS SELECT S.AMOUNT FROM \\g<d>.DWH.SALES AS S JOIN \\g<d>.DWH.PEOPLE AS P ON P.ID = S.CUSTOMER_ID WHERE ID > 3;§\n")),
    # -- deployment
    Edit("SD802", "a view before its table", r"(CREATE TABLE IF NOT EXISTS (\w+)\.DWH\.SALES)", r"CREATE VIEW \2.MART.EARLY AS SELECT ID FROM \2.DWH.SALES;§" + "\n" + r"\1"),
    Edit("SD802", "a stream before its table", r"(CREATE TABLE IF NOT EXISTS (\w+)\.RAW\.CLICKS)", r"CREATE STREAM \2.RAW.EARLY ON TABLE \2.RAW.CLICKS APPEND_ONLY = TRUE;§" + "\n" + r"\1"),
    Edit("SD802", "an ALTER before its table", r"(CREATE TABLE IF NOT EXISTS (\w+)\.DWH\.LOG)", r"ALTER TABLE \2.DWH.LOG SET COMMENT = 'x';§" + "\n" + r"\1"),
    *at_end(
        "SD804",
        ("a rename of a task", "ALTER TASK \\g<d>.ETL.ON_SALE RENAME TO \\g<d>.ETL.ON_SALES;§\n"),
        ("a rename of a stream", "ALTER STREAM \\g<d>.RAW.ORDER_STREAM RENAME TO \\g<d>.RAW.NEW_ORDERS;§\n"),
        ("a view that comes back", "UNDROP VIEW \\g<d>.MART.BIG_SALES;§\n"),
        ("a refresh of a materialized view", "ALTER MATERIALIZED VIEW \\g<d>.MART.M REFRESH;§\n"),
    ),
    *at_end(
        "SD805",
        ("a column", "CREATE OR ALTER TABLE \\g<d>.DWH.OTHER (ID NUMBER, NAME VARCHAR(100));\nCREATE OR ALTER TABLE \\g<d>.DWH.OTHER§ (ID NUMBER, FULL_NAME VARCHAR(100));\n"),
        ("a number", "CREATE OR ALTER TABLE \\g<d>.DWH.OTHER (ID NUMBER, N NUMBER(5, 2));\nCREATE OR ALTER TABLE \\g<d>.DWH.OTHER§ (ID NUMBER, M NUMBER(5, 2));\n"),
        ("the first column", "CREATE OR ALTER TABLE \\g<d>.DWH.OTHER (ID NUMBER, NAME VARCHAR(100));\nCREATE OR ALTER TABLE \\g<d>.DWH.OTHER§ (KEY_ID NUMBER, NAME VARCHAR(100));\n"),
    ),
    *at_end(
        "SD806",
        ("a shorter text", "ALTER TABLE \\g<d>.RAW.CUSTOMERS ALTER COLUMN NAME SET DATA TYPE VARCHAR(10);§\n"),
        ("another scale", f"ALTER TABLE {SALES} ALTER COLUMN AMOUNT SET DATA TYPE NUMBER(12, 4);§\n"),
        ("another family", f"ALTER TABLE {SALES} ALTER COLUMN SOLD_ON SET DATA TYPE VARCHAR;§\n"),
    ),
    *at_end(
        "SD901",
        ("a password", "CREATE USER IF NOT EXISTS LOADER PASSWORD = 'Tr0ub4dor&3xyz';§\n"),
        ("keys of a bucket", "CREATE STAGE IF NOT EXISTS \\g<d>.RAW.S3_FILES URL = 's3://bucket/' CREDENTIALS = (AWS_KEY_ID = 'AKIAIOSFODNN7QWERTYU' AWS_SECRET_KEY = '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');§\n"),
        ("a token", "CREATE STAGE IF NOT EXISTS \\g<d>.RAW.AZ_FILES URL = 'azure://a.blob.core.windows.net/c/' CREDENTIALS = (AZURE_SAS_TOKEN = '?sv=2020-08-04&sig=Zm9vYmFyYmF6cXV4cXV1eA%3D%3D');§\n"),
    ),
)  # fmt: skip
