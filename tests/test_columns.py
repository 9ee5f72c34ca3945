"""What columns are made of, through views, CTEs, stars, streams, INSERT and MERGE."""

from snowpipe_deploy.analysis.columns import column_lineage, columns_of
from snowpipe_deploy.analysis.program import from_texts
from snowpipe_deploy.templates import plain

SQL = """
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2), NOTE VARCHAR, AT DATE);
CREATE STREAM RAW.ORDER_STREAM ON TABLE RAW.ORDERS;
CREATE VIEW RAW.BIG AS WITH B AS (SELECT * EXCLUDE (NOTE) FROM RAW.ORDERS WHERE AMOUNT > 10) SELECT B.*, AMOUNT * 2 AS TWICE FROM B;
CREATE TABLE DWH.TOTALS (DAY DATE, TOTAL NUMBER(38, 2), LAST_NOTE VARCHAR);
CREATE PROCEDURE DWH.LOAD() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    MERGE INTO DWH.TOTALS AS T
    USING (SELECT AT, SUM(AMOUNT) AS TOTAL, MAX(NOTE) AS N FROM RAW.ORDER_STREAM GROUP BY AT) AS S ON T.DAY = S.AT
    WHEN MATCHED THEN UPDATE SET TOTAL = T.TOTAL + S.TOTAL
    WHEN NOT MATCHED THEN INSERT (DAY, TOTAL, LAST_NOTE) VALUES (S.AT, S.TOTAL, S.N || ELSEWHERE.F(1));
    RETURN 1;
END
$$;
INSERT INTO DWH.TOTALS (DAY, TOTAL) SELECT B.AT, X.V FROM RAW.BIG AS B JOIN OTHER.UNKNOWN AS X ON X.K = B.ID;
"""


def lines() -> set[str]:
    program = from_texts([plain("a.sql", SQL)], in_project=False)
    return {
        f"{line.target}.{line.column} <- {' '.join(sorted(f'{name}.{column}' for name, column in line.origins))}"
        for line in column_lineage(program)
    }


def test_a_star_over_a_cte_comes_from_the_table_below() -> None:
    assert {
        "RAW.BIG.ID <- RAW.ORDERS.ID",
        "RAW.BIG.AT <- RAW.ORDERS.AT",
        "RAW.BIG.TWICE <- RAW.ORDERS.AMOUNT",
    } <= lines()
    assert not any(line.startswith("RAW.BIG.NOTE") for line in lines())


def test_a_merge_fills_from_its_source_and_its_target() -> None:
    assert {
        "DWH.TOTALS.TOTAL <- DWH.TOTALS.TOTAL RAW.ORDER_STREAM.AMOUNT",
        "DWH.TOTALS.DAY <- RAW.ORDER_STREAM.AT",
        "DWH.TOTALS.LAST_NOTE <- RAW.ORDER_STREAM.NOTE",
    } <= lines()


def test_a_column_of_a_table_that_no_file_makes_is_named_as_it_is_written() -> None:
    assert {"DWH.TOTALS.TOTAL <- OTHER.UNKNOWN.V", "DWH.TOTALS.DAY <- RAW.BIG.AT"} <= lines()


def test_a_stream_has_the_columns_of_its_table_and_three_more() -> None:
    program = from_texts([plain("a.sql", SQL)], in_project=False)
    stream = next(made for made in program.made("STREAM"))
    relation = columns_of(program).made(stream)
    assert relation is not None
    assert [f.name for f in relation.fields] == [
        "ID", "AMOUNT", "NOTE", "AT", "METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID",
    ]  # fmt: skip


def test_a_body_that_makes_a_table_reads_and_writes() -> None:
    text = """
CREATE PROCEDURE RAW.P() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    CREATE OR REPLACE TABLE RAW.COPY_ AS SELECT ID FROM RAW.ORDERS;
    RETURN 1;
END
$$;
"""
    program = from_texts([plain("a.sql", text)], in_project=False)
    found = {(str(use.name), use.access) for use in program.uses(program.statements[0])}
    assert found == {("RAW.COPY_", "writes"), ("RAW.ORDERS", "reads")}


def test_sql_in_the_strings_of_another_language_is_read() -> None:
    text = """
CREATE PROCEDURE RAW.P() RETURNS STRING LANGUAGE JAVASCRIPT AS
$$
  // select what you like from here, don't hesitate
  var command = `MERGE INTO RAW.T USING RAW.S ON T.ID = S.ID WHEN MATCHED THEN DELETE`;
  snowflake.execute({sqlText: command});
  var words = "update the table from time to time";
  snowflake.createStatement({sqlText: "insert into RAW.LOG select ID from RAW.U"}).execute();
$$;
"""
    program = from_texts([plain("a.sql", text)], in_project=False)
    found = {(str(use.name), use.access) for use in program.uses(program.statements[0])}
    assert found == {("RAW.T", "writes"), ("RAW.S", "reads"), ("RAW.LOG", "writes"), ("RAW.U", "reads")}


def test_formats_and_stages_are_found_in_every_form() -> None:
    text = """
COPY INTO RAW.T FROM @RAW.S1 FILE_FORMAT = RAW.F1;
COPY INTO RAW.T FROM (SELECT $1 FROM @RAW.S2) FILE_FORMAT = (FORMAT_NAME = 'RAW.F2');
SELECT $1, FROM @RAW.S3 (FILE_FORMAT => 'RAW.F3');
SELECT * FROM TABLE(INFER_SCHEMA(LOCATION => '@RAW.S4/a', FILE_FORMAT => 'RAW.F4'));
CREATE EXTERNAL TABLE RAW.E (A NUMBER) LOCATION = @RAW.S5/a FILE_FORMAT = RAW.F5;
TABLE RAW.T;
CREATE TAG RAW.G ALLOWED_VALUES = ('a', 'b');
"""
    program = from_texts([plain("a.sql", text)], in_project=False)
    found = [{str(use.name) for use in program.uses(s) if use.access == "reads"} for s in program.statements]
    assert found == [*({f"RAW.S{n}", f"RAW.F{n}"} for n in range(1, 6)), {"RAW.T"}, set()]
    assert program.not_understood == ()
