"""`snowdeploy test`: what a file may say, what a failure shows, what coverage counts, and the same files on a real account."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowpipe_deploy import connect
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.errors import RefusedError, UsageError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts, load
from snowpipe_deploy.templates import plain
from snowpipe_deploy.testing import suite
from snowpipe_deploy.testing.boundary import outside
from snowpipe_deploy.testing.coverage import measure
from snowpipe_deploy.testing.damage import DAMAGES, damaged
from snowpipe_deploy.testing.file import read, schema
from snowpipe_deploy.testing.places import places
from snowpipe_deploy.testing.rows import compare, explained
from snowpipe_deploy.testing.suite import Outcome
from snowpipe_deploy.testing.update import rewrite, toml

ENVIRONMENT = """
[project]
name = "shop"
[connection]
type = "local"
[scope]
database = "SHOP"
"""
SQL = """\
CREATE SCHEMA RAW;
CREATE STAGE RAW.LANDING;
CREATE TABLE RAW.ORDERS (ID NUMBER, NAME VARCHAR, AMOUNT NUMBER(10, 2), ORDERED_ON DATE, DETAIL VARIANT);
CREATE TABLE RAW.TOTALS (NAME VARCHAR, AMOUNT NUMBER(12, 2));
CREATE STREAM RAW.NEW_ORDERS ON TABLE RAW.ORDERS;
CREATE TABLE RAW.TROUBLE (TEXT VARCHAR);
CREATE PROCEDURE RAW.ADD_UP() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
  LET n NUMBER := 0;
  IF (n > 0) THEN
    RETURN 'never';
  END IF;
  INSERT INTO RAW.TOTALS SELECT NAME, SUM(AMOUNT) FROM RAW.NEW_ORDERS GROUP BY NAME;
  RETURN 'done';
EXCEPTION
  WHEN STATEMENT_ERROR THEN
    INSERT INTO RAW.TROUBLE SELECT :SQLERRM;
    RAISE;
END
$$;
CREATE PROCEDURE RAW.COUNT_UP() RETURNS VARCHAR LANGUAGE SQL AS
'BEGIN
  MERGE INTO RAW.TOTALS AS T USING (SELECT 1 AS N) AS S ON T.AMOUNT = S.N
    WHEN MATCHED THEN UPDATE SET NAME = ''again''
    WHEN NOT MATCHED THEN INSERT (AMOUNT) VALUES (S.N);
  RETURN ''done'';
END';
CREATE TASK RAW.LOAD SCHEDULE = '60 MINUTES' AS
  COPY INTO RAW.ORDERS (ID, NAME, AMOUNT) FROM @RAW.LANDING FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1);
CREATE TASK RAW.ADD AFTER RAW.LOAD WHEN SYSTEM$STREAM_HAS_DATA('RAW.NEW_ORDERS') AS CALL RAW.ADD_UP();
"""
ORDERS = "id,name,amount\n1,Ann,10.50\n"
GOOD = """
[[step]]
put."@RAW.LANDING" = "orders.csv"
run = "RAW.LOAD"
expect.tasks = "succeeded"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shop")
    for name, text in {
        "environments/dev.toml": ENVIRONMENT,
        "sql/shop.sql": SQL,
        "tests/pipelines/orders.csv": ORDERS,
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
    return made


@pytest.fixture(scope="module")
def benches(root: Path, tmp_path_factory: pytest.TempPathFactory) -> connect.LocalBenches:
    project = load(root, load_environment(root, "dev"))
    return connect.local_benches(tmp_path_factory.mktemp("template") / "account", project, suite.EPOCH)


class Play:
    """Writes a test file beside the others and runs it."""

    def __init__(self, root: Path, benches: connect.LocalBenches | connect.DatabaseBenches) -> None:
        self.root, self.benches = root, benches
        self.path = root / "tests" / "pipelines" / "case.toml"

    def __call__(self, text: str, *, update: bool = False, jobs: int = 1) -> list[Outcome]:
        self.path.write_text(textwrap.dedent(text))
        with closing(
            suite.run(suite.select(suite.collect(self.root, [self.path]), ""), self.benches, jobs, update=update)
        ) as running:
            return list(running)

    def said(self, text: str) -> str:
        """All that the failures of the only test say, with their lines in the file."""
        (outcome,) = self(text)
        return "\n".join("\n".join([f"{f.where.line}: {f.message}", *f.lines]) for f in outcome.failures)


@pytest.fixture
def play(root: Path, benches: connect.LocalBenches) -> Iterator[Play]:
    made = Play(root, benches)
    yield made
    made.path.unlink(missing_ok=True)


def test_a_story_is_played_to_its_end(play: Play) -> None:
    text = (
        GOOD
        + """
    expect.rows."SELECT NAME, AMOUNT FROM RAW.TOTALS" = [["Ann", 10.5]]
    expect.empty = ["RAW.NEW_ORDERS"]
    [[step]]
    put."RAW.ORDERS" = { rows = [{ ID = 2, NAME = "Bob", AMOUNT = 3, ORDERED_ON = 2026-01-02, DETAIL = { a = [1, 2] } }, { ID = 3, NAME = "\\\\NULL" }] }
    run = "LOAD"
    expect.count = { "RAW.ORDERS" = 3 }
    expect.table."RAW.ORDERS" = { where = "ID > 1", order = "ID", rows = [
      { ID = 2, ORDERED_ON = 2026-01-02, DETAIL = { a = [1, 2] }, NAME = "Bob" },
      { ID = 3, ORDERED_ON = "NULL", DETAIL = "NULL", NAME = "\\\\NULL" },
    ] }
    [[step]]
    advance = "2h"
    expect.runs = 2
    expect.tasks = { LOAD = "succeeded", ADD = "skipped" }
    [[step]]
    call = "RAW.NO_SUCH()"
    expect.error = "Unknown user-defined function"
    [[step]]
    sql = ["DELETE FROM RAW.ORDERS", "DELETE FROM RAW.TOTALS"]
    expect.empty = ["RAW.ORDERS", "RAW.TOTALS"]
    """
    )
    (outcome,) = play(text)
    assert outcome.failures == ()
    assert outcome.status == "passed"


@pytest.mark.parametrize(
    ("expectation", "said"),
    [
        ('tasks = { ADD = "skipped" }', "5: RAW.ADD: succeeded, not skipped"),
        ('tasks = "failed"', "5: RAW.LOAD: succeeded, not failed\n5: RAW.ADD: succeeded, not failed"),
        ("runs = 2", "5: 1 runs, not 2"),
        ('count = { "RAW.ORDERS" = 2 }', "5: RAW.ORDERS has 1 rows, not 2"),
        ('empty = ["RAW.ORDERS"]', "5: RAW.ORDERS is not empty\n  ID  NAME  AMOUNT  ORDERED_ON  DETAIL\n+ 1   Ann   10.50   NULL        NULL    unexpected"),
        ('error = "x"', "5: no error\n- x"),
        ('rows."SELECT ID, NAME FROM RAW.ORDERS" = [[1, "Ann"], [2, "Bob"]]', "5: SELECT ID, NAME FROM RAW.ORDERS: other rows\n  ID  NAME\n- 2   Bob   missing"),
        ('rows."SELECT ID, NAME FROM RAW.ORDERS" = [[1, "Bob"]]', "5: SELECT ID, NAME FROM RAW.ORDERS: other rows\n  ID  NAME\n~ 1   Bob → Ann  changed: expected → found"),
        ('rows."SELECT NAME FROM RAW.NONE" = []', "hint: in: SELECT NAME FROM RAW.NONE"),
        ('table."RAW.ORDERS" = { rows = [{ ID = "1" }] }', "- 1   missing\n+ 1   unexpected"),
        ('tasks = { ADDD = "skipped" }', "5: no task ADDD in the project\nhint: did you mean RAW.ADD?"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_shown_at_its_line(play: Play, expectation: str, said: str) -> None:
    text = GOOD.replace('expect.tasks = "succeeded"', f"expect.{expectation}")
    assert said in play.said(text)


def test_an_error_that_nobody_expects_fails_the_test(play: Play) -> None:
    assert "does not exist" in play.said('\n[[step]]\nsql = "SELECT * FROM RAW.NONE"\n')
    failing = '\n[[step]]\nrun = "LOAD"\nfault = { task = "LOAD" }\n'
    assert "LOAD: injected by the test" in play.said(failing)
    assert "LOAD: failed, which the step does not expect" in play.said(failing + 'expect.tasks = { ADD = "not run" }\n')
    assert play.said(failing + 'expect.tasks = { LOAD = "failed" }\n') == ""
    assert play.said(failing + 'expect.error = "injected"\n') == ""


def test_a_fault_strikes_where_it_is_said_or_the_test_fails(play: Play) -> None:
    begin = '\n[[step]]\nput."@RAW.LANDING" = "orders.csv"\nrun = "LOAD"\n'
    at = 'fault = { task = "RAW.ADD", at = "insert into raw.totals", error = "boom" }\n'
    handled = 'expect.tasks = { ADD = "failed" }\nexpect.rows."SELECT TEXT FROM RAW.TROUBLE" = [["boom"]]\n'
    assert play.said(begin + at + handled) == ""
    never = play.said(begin + 'fault = { task = "ADD", at = "DELETE" }\n')
    assert never == "5: the fault never came about: task ADD did not come to it"
    lost = '\n[[step]]\nsql = "INSERT INTO RAW.TROUBLE SELECT \'x\'"\nfault.connection = "{}"\nexpect.error = "connection lost"\nexpect.count."RAW.TROUBLE" = {}\n'
    assert play.said(lost.format("after", 1)) == ""
    assert play.said(lost.format("before", 0)) == ""


def test_an_open_transaction_is_lost_with_its_connection(play: Play) -> None:
    text = """
    [[step]]
    sql = ["BEGIN", "INSERT INTO RAW.TROUBLE SELECT 'x'"]
    [[step]]
    sql = "INSERT INTO RAW.TROUBLE SELECT 'y'"
    fault.connection = "after"
    expect.error = "connection lost"
    expect.empty = ["RAW.TROUBLE"]
    """
    assert play.said(text) == ""


def test_files_are_made_from_a_pattern_and_damaged(play: Play) -> None:
    text = """
    [[step]]
    put."@RAW.LANDING/a" = [
      { file = "two.csv", like = "orders.csv", rows = [{ id = 2 }, { id = 3, name = "Bob, Jr" }] },
      { from = "orders.csv", file = "three.csv", damage = "field-more" },
    ]
    [[step]]
    sql = "COPY INTO RAW.ORDERS (ID, NAME, AMOUNT) FROM @RAW.LANDING FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '\\"' ERROR_ON_COLUMN_COUNT_MISMATCH = FALSE) ON_ERROR = CONTINUE"
    expect.table."RAW.ORDERS" = { rows = [{ ID = 2, NAME = "Ann", AMOUNT = 10.5 }, { ID = 3, NAME = "Bob, Jr", AMOUNT = 10.5 }, { ID = 1, NAME = "Ann", AMOUNT = 10.5 }] }
    """
    assert play.said(text) == ""
    assert "orders.csv has no column idd" in play.said(text.replace("{ id = 2 }", "{ idd = 2 }"))
    assert "no file nothing.csv" in play.said(text.replace('from = "orders.csv"', 'from = "nothing.csv"'))


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damage_changes_the_file(how: str) -> None:
    content = b'a,b\n1,"x"\n2,"y"\n'
    assert damaged(content, how) != content


@pytest.mark.parametrize("how", ["empty", "cut", "crlf", "no-header", "field-more", "open-quote"])
def test_a_damage_that_changes_nothing_says_so(how: str) -> None:
    with pytest.raises(UsageError, match="leaves this file as it is"):
        damaged(b"", how)


def test_tests_of_a_file_begin_alike_and_do_not_see_each_other(play: Play) -> None:
    text = (
        GOOD
        + """
    [[test]]
    name = "one"
    [[test.step]]
    sql = "DELETE FROM RAW.ORDERS"
    [[test]]
    name = "two"
    [[test.step]]
    expect.count = { "RAW.ORDERS" = 1 }
    [[test]]
    name = "three"
    [[test.step]]
    expect.count = { "RAW.ORDERS" = 7 }
    """
    )
    assert [(o.name, o.status) for o in play(text)] == [("one", "passed"), ("two", "passed"), ("three", "failed")]
    broken = text.replace('expect.tasks = "succeeded"', 'expect.tasks = "failed"')
    assert [o.status for o in play(broken)] == ["failed"] * 3


def test_update_accepts_what_was_found(play: Play) -> None:
    text = """
    # a comment stays
    [[step]]
    put."@RAW.LANDING" = "orders.csv"
    run = "RAW.LOAD"
    expect.tasks = { ADD = "failed" } # and so does this
    expect.rows."SELECT NAME, AMOUNT, ORDERED_ON FROM RAW.ORDERS" = []
    expect.table."RAW.ORDERS" = { rows = [{ NAME = "x", ID = 9 }] }
    expect.count = { "RAW.ORDERS" = 5, "RAW.TOTALS" = 1 }
    [[step]]
    sql = "SELECT * FROM RAW.NONE"
    """
    (outcome,) = play(text, update=True)
    assert [f.where.line for f in outcome.failures] == [10]  # an error is not accepted
    (file,) = suite.collect(play.root, [play.path])
    assert rewrite(play.root, file, [outcome]) == "tests/pipelines/case.toml"
    after = play.path.read_text()
    assert 'expect.tasks = { ADD = "succeeded" } # and so does this' in after
    assert '= [["Ann", 10.50, "NULL"]]' in after
    assert '{ rows = [{ NAME = "Ann", ID = 1 }] }' in after
    assert 'expect.count = { "RAW.ORDERS" = 1, "RAW.TOTALS" = 1 }' in after
    assert "# a comment stays" in after
    assert [o.status for o in play(after[: after.rindex("[[step]]")])] == ["passed"]
    (file,) = suite.collect(play.root, [play.path])
    assert rewrite(play.root, file, [outcome]) == ""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[step]]\nrum = 'X'\n", 2, "unknown key step.rum"),
        ("[[step]]\nrun = 'X'\nexpect.task = {}\n", 3, "unknown key step.expect.task"),
        ("[[step]]\nrun = 'X'\nexpect.tasks = { A = 'great' }\n", 3, "step.expect.tasks.A: input should be 'succeeded'"),
        ("[[step]]\nrun = 'X'\nsql = 'Y'\n", 1, "a step has one of run, advance, sql, call; this one has run and sql"),
        ("\n[[step]]\n", 2, "the step does nothing and expects nothing"),
        ("[[step]]\nadvance = 'soon'\n", 1, "advance: 'soon' is no duration"),
        ("[[step]]\nsql = 'X'\nexpect.runs = 1\n", 1, "expect.tasks and expect.runs need a step with run or advance"),
        ("[[step]]\nsql = 'X'\nfault = {}\n", 1, "a fault has one of task and connection"),
        ("[[step]]\nput.'RAW.T' = 'file.csv'\n", 1, "put RAW.T: files go to a stage, rows to a table"),
        ("[[step]]\nput.'@RAW.S' = { text = 'x' }\n", 1, "put @RAW.S: the file has no name"),
        ("[[step]]\nput.'@RAW.S' = { file = 'a', tezt = 'x' }\n", 2, "unknown key step.put.@RAW.S.tezt"),
        ("[[step]]\nput.'@RAW.S' = { from = 'a', damage = 'tear' }\n", 1, "put @RAW.S: no such damage: tear"),
        ("[[step]]\nrun = 'X'\nexpect.table.T.rows = [{ A = 1, B = 2 }, { A = 1 }]\n", 1, "expect.table T: not every row has B"),
        ("[[step]]\nrun = 'X'\nexpect.table.T.rows = [[1], { A = 1 }]\n", 1, "expect.table T: some rows are arrays and some are tables"),
        ("name = 'x'\n", 1, "the file holds no [[step]] and no [[test]]"),
        ("[[step]]\nrun = \n", 2, "not valid TOML"),
        ("[[test]]\nname = 'a'\n", 1, "test.step is missing"),
        ("[[test]]\nname='a'\nstep=[{run='X'}]\n[[test]]\nname='a'\nstep=[{run='X'}]\n", 5, "two tests are named 'a'"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_so_is_refused_at_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=re.escape(message)) as caught:
        read(path, "x.toml")
    assert caught.value.where is not None
    assert caught.value.where.line == line
    assert caught.value.message.isprintable()


def test_a_misspelt_key_has_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("[[step]]\nrun = 'X'\nexpect.emty = []\n")
    with pytest.raises(UsageError) as caught:
        read(path, "x.toml")
    assert caught.value.hint == "did you mean empty?"


def test_the_schema_knows_every_key_of_the_example() -> None:
    assert {"step", "test", "name", "now"} == set(schema()["properties"])
    assert {"tasks", "rows", "table", "empty", "error", "count", "runs"} == set(
        schema()["$defs"]["Expect"]["properties"]
    )


_VALUES = st.recursive(
    st.booleans() | st.integers(-(10**12), 10**12) | st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab_.\" '", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abc. \"'#=", min_size=1), _VALUES, min_size=1, max_size=4))
def test_a_written_value_stands_where_it_is_found(values: dict[str, object]) -> None:
    """What `toml` writes reads back, and `places` finds each value in the text."""
    text = "# [x] = 1\n" + "".join(f"{json.dumps(key)} = {toml(value)} # {{\n" for key, value in values.items())
    raw, found = tomllib.loads(text), places(text)
    for key in values:
        span = found[key,]
        assert tomllib.loads(f"v = {text[span.start : span.end]}")["v"] == raw[key]


def test_rows_differ_as_one_would_say_it() -> None:
    found = [(1, "a", Decimal("1.50")), (2, "b", None), (4, "d", Decimal(1))]
    difference = compare(("ID", "N", "X"), [[1, "a", 1.5], [2, "c", "NULL"], [3, "x", 9]], found, ordered=False)
    assert explained(difference) == [
        "  ID  N      X",
        "- 3   x      9     missing",
        "+ 4   d      1     unexpected",
        "~ 2   c → b  NULL  changed: expected → found",
    ]
    assert not compare(("A",), [[2], [1]], [(1,), (2,)], ordered=False)
    assert explained(compare(("A",), [[2], [1]], [(1,), (2,)], ordered=True)) == [
        "the rows are right, in another order"
    ]
    long = compare(("A",), [], [(n,) for n in range(30)], ordered=False)
    assert explained(long)[-1] == "  … and 10 more"
    assert compare(("A",), [[True]], [(1,)], ordered=False)  # types must fit
    assert compare(("A",), [["1"]], [(1,)], ordered=False)


def test_each_graph_is_judged_by_its_last_run(root: Path, tmp_path: Path) -> None:
    sql = "CREATE SCHEMA A; CREATE SCHEMA B; CREATE TABLE A.T (N NUMBER); INSERT INTO A.T SELECT 1;\n"
    sql += "CREATE TASK A.LOAD SCHEDULE = '60 MINUTES' AS UPDATE A.T SET N = 1 / N;\n"
    sql += "CREATE TASK A.AFTER_LOAD AFTER A.LOAD AS UPDATE A.T SET N = 2;\n"
    sql += "CREATE TASK B.LOAD SCHEDULE = '90 MINUTES' AS UPDATE A.T SET N = 1;\n"
    project = from_texts("two", Scope("TWO"), [plain("sql/two.sql", sql)])
    play = Play(root, connect.local_benches(tmp_path / "account", project, suite.EPOCH))
    good = '\n[[step]]\nadvance = "3h"\nexpect.runs = 5\nexpect.tasks = "succeeded"\n'
    assert play.said(good) == ""
    failing = good + "fault.task = 'AFTER_LOAD'\n"
    assert play.said(failing) == "5: A.AFTER_LOAD: failed, not succeeded\ninjected by the test"
    named = failing.replace('"succeeded"', '{ "B.LOAD" = "succeeded", AFTER_LOAD = "failed" }')
    assert play.said(named) == ""
    assert "LOAD may be A.LOAD or B.LOAD" in play.said(named.replace('"B.LOAD"', '"LOAD"'))
    mended = '\n[[step]]\nsql = "UPDATE A.T SET N = 0"\n[[step]]\nadvance = "2h"\n'  # by B.LOAD, between the runs of A
    assert play.said(mended).startswith("4: A.LOAD: Division by zero")
    assert play.said(mended + 'expect.tasks = "succeeded"\n') == ""
    play.path.unlink()


def test_coverage_is_what_was_reached(play: Play, benches: connect.LocalBenches) -> None:
    covered = measure(benches.project, [o.trace for o in play(GOOD)])
    assert (covered.tasks_ran, len(covered.tasks)) == (2, 2)
    assert [(x.object, x.text.rpartition(" is ")[2], x.ran) for x in covered.branches] == [
        ("task RAW.ADD", "true", True),
        ("task RAW.ADD", "false", False),
    ]
    never = {(x.where.line, x.text) for x in covered.statements if not x.ran and "ADD_UP" in x.object}
    assert never == {(12, "RETURN 'never'"), (18, "INSERT INTO RAW.TROUBLE SELECT :SQLERRM"), (19, "RAISE")}
    assert [(x.text, x.ran) for x in covered.handlers] == [("WHEN STATEMENT_ERROR", False)]
    fault = GOOD.replace(
        'expect.tasks = "succeeded"',
        'fault = { task = "ADD", at = "INSERT INTO RAW.TOTALS" }\nexpect.error = "injected"',
    )
    skipped = '\n[[step]]\nrun = "LOAD"\n'
    covered = measure(benches.project, [o.trace for text in (GOOD, fault, skipped) for o in play(text)])
    assert [x.ran for x in (*covered.branches, *covered.handlers)] == [True, True, True]
    assert {x.text for x in covered.statements if not x.ran and "COUNT_UP" not in x.object} == {"RETURN 'never'"}
    assert covered.tasks["RAW.ADD"] == {"succeeded", "failed", "skipped"}
    nothing = measure(benches.project, [])
    assert not any(x.ran for x in (*nothing.branches, *nothing.handlers, *nothing.statements))
    assert measure(benches.project, [], recorded=False).statements == ()


def test_coverage_knows_which_whens_of_a_merge_had_rows(play: Play, benches: connect.LocalBenches) -> None:
    step = '\n[[step]]\ncall = "RAW.COUNT_UP()"\n'
    merges = measure(benches.project, [o.trace for o in play(step)]).merges
    assert [(x.where.line, x.text, x.ran) for x in merges] == [
        (25, "WHEN MATCHED", False),
        (26, "WHEN NOT MATCHED", True),
    ]
    covered = measure(benches.project, [o.trace for o in play(step + step)])
    assert [x.ran for x in covered.merges] == [True, True]
    assert covered.counts["WHENs of MERGE taken"] == (2, 2)
    assert all(x.ran for x in covered.statements if "COUNT_UP" in x.object)
    assert covered.below(100) == ["tasks that ran", "ways of WHEN taken", "handlers taken", "statements that ran"]
    assert covered.below(0) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("CREATE VIEW RAW.V AS SELECT * FROM PROD.RAW.T", "PROD.RAW.T is in database PROD"),
        ("CREATE PROCEDURE RAW.P() RETURNS VARCHAR LANGUAGE SQL AS $$BEGIN DELETE FROM prod.raw.t; END$$", "PROD.RAW.T is in database PROD"),
        ("CREATE TASK RAW.X AS EXECUTE IMMEDIATE 'DELETE FROM PROD.RAW.T'", "PROD.RAW.T is in database PROD"),
        ("CREATE TASK RAW.X AS CALL SYSTEM$WAIT(1, IDENTIFIER('PROD.RAW.T'))", "PROD.RAW.T is in database PROD"),
        ("CREATE TASK RAW.X WHEN SYSTEM$STREAM_HAS_DATA('PROD.RAW.S') AS SELECT 1", "PROD.RAW.S is in database PROD"),
        ("CREATE TASK RAW.X AS BEGIN USE DATABASE PROD; END", "database PROD is named"),
        ("CREATE TASK RAW.X AS BEGIN DROP SCHEMA PROD.RAW; END", "PROD.RAW is in database PROD"),
        ("CREATE TASK RAW.X AS COPY INTO RAW.T FROM @PROD.RAW.S", "stage PROD.RAW.S is in database PROD"),
        ("CREATE TASK RAW.X AS COPY INTO @RAW.OUT/x FROM RAW.T", "external stage RAW.OUT is written to"),
        ("CREATE TASK RAW.X AS REMOVE @RAW.OUT/x", "external stage RAW.OUT is written to"),
        ("CREATE TASK RAW.X AS COPY INTO RAW.T FROM @RAW.OUT PURGE = TRUE", "removed once they are loaded"),
        ("CREATE VIEW RAW.V AS SELECT RAW.T.ID, 'www.example.com' AS L FROM SHOP.RAW.T -- PROD.RAW.T", ""),
        ("CREATE VIEW RAW.V AS SELECT * FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY", ""),
        ("CREATE TASK RAW.X AS COPY INTO RAW.T FROM @RAW.OUT", ""),
    ],
)  # fmt: skip
def test_what_reaches_outside_the_database_is_found(sql: str, said: str) -> None:
    base = "CREATE SCHEMA RAW;\nCREATE TABLE RAW.T (ID NUMBER);\nCREATE STAGE RAW.OUT URL = 's3://bucket/';\n"
    project = from_texts("shop", Scope("SHOP"), [plain("sql/x.sql", base + sql)])
    found = outside(project)
    assert bool(found) == bool(said), found
    if said:
        assert said in found[0][1]
        assert found[0][0].line == 4


class Shared(LocalAccount):
    """An embedded account in the part of a real one: it is not ours alone, and stays open."""


def databases(account: LocalAccount) -> set[str]:
    return {str(row["name"]) for row in account.session().execute("SHOW DATABASES").dicts()}


def test_on_a_real_account_each_test_has_a_database_that_goes_again(root: Path, tmp_path: Path) -> None:
    account = Shared(tmp_path / "account")
    account.session().execute("CREATE DATABASE SHOP")
    text = GOOD + '\n[[test]]\nname = "a"\n[[test.step]]\nexpect.count."RAW.TOTALS" = 1\n'
    text += '[[test]]\nname = "b"\n[[test.step]]\nadvance = "1h"\n[[test]]\nname = "c"\n[[test.step]]\nrun = "LOAD"\nfault.task = "LOAD"\n'
    with connect.throwaway(root, load_environment(root, "dev"), account) as made:
        play = Play(root, made)
        assert "LIVE.RAW.T is in database LIVE" in play.said('\n[[step]]\nsql = "DELETE FROM LIVE.RAW.T"\n')
        outcomes = play(text)
        assert databases(account) == {"SHOP"}
    assert [(o.status, o.reason) for o in outcomes] == [
        ("passed", ""), ("skipped", "the clock of this account cannot be moved"), ("skipped", "tasks of this account cannot be made to fail"),
    ]  # fmt: skip
    play.path.unlink()
    account.close()


def test_ctrl_c_leaves_no_database_behind(root: Path, tmp_path: Path) -> None:
    account = Shared(tmp_path / "account")

    class Stopped(connect.DatabaseBenches):
        def open(self, folder: Path, source: Path | None = None, now: datetime | None = None) -> connect._Database:
            bench = super().open(folder, source, now)
            assert len(databases(account)) == 1
            bench.close = lambda **_: None  # type: ignore[method-assign]  # stopped so hard that it does not come to it
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), connect.throwaway(root, load_environment(root, "dev"), account) as made:
        Play(root, Stopped(made.root, made.environment, made.prefix, account))(GOOD)
    assert databases(account) == set()
    (root / "tests" / "pipelines" / "case.toml").unlink()
    account.close()


INTERRUPTED = """
import sys
from pathlib import Path
from snowpipe_deploy import connect
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.testing import suite

class Telling(connect.DatabaseBenches):
    def open(self, *given):
        bench = super().open(*given)
        print("open", flush=True)
        return bench

root = Path(sys.argv[1])
account = LocalAccount(Path(sys.argv[2]))
try:
    with connect.throwaway(root, load_environment(root, "dev"), account) as made:
        files = suite.select(suite.collect(root, [root / "long.toml"]), "")
        list(suite.run(files, Telling(made.root, made.environment, made.prefix, account), 1))
except KeyboardInterrupt:
    print("interrupted", account.session().execute("SHOW DATABASES").rows)
account.close()
"""


def test_ctrl_c_twice_while_a_test_runs_drops_its_database(root: Path, tmp_path: Path) -> None:
    (root / "long.toml").write_text('[[step]]\nsql = "SELECT 1"\n' * 5000)
    (tmp_path / "script.py").write_text(INTERRUPTED)
    command = [sys.executable, str(tmp_path / "script.py"), str(root), str(tmp_path / "account")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "open\n"
        for _ in range(2):
            running.send_signal(signal.SIGINT)
            time.sleep(0.02)
        assert running.stdout.read().splitlines()[-1:] in (
            [],
            ["interrupted ()"],
        )  # nothing, where the second came before it was said
    account = LocalAccount(tmp_path / "account")
    assert databases(account) == set()
    account.close()
    (root / "long.toml").unlink()


def test_a_project_that_reaches_outside_is_refused_before_anything_is_made(root: Path, tmp_path: Path) -> None:
    account = Shared(tmp_path / "account")
    view = root / "sql" / "view.sql"
    view.write_text("CREATE VIEW RAW.V AS SELECT * FROM PROD.RAW.T;\n")
    try:
        with (
            pytest.raises(RefusedError, match=r"sql/view.sql:1: PROD.RAW.T is in database PROD"),
            connect.throwaway(root, load_environment(root, "dev"), account),
        ):
            pass
    finally:
        view.unlink()
    assert databases(account) == set()
    account.close()
