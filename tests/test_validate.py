"""`validate` of scripts that need no project: its outputs, its order, ignores, mending, and the same as a library."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import snowpipe_deploy
from snowpipe_deploy import lint
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.rule import Hit, Rule

WRONG = """\
CREATE TABLE RAW.ORDERS (ID NUMBER, AMOUNT NUMBER(12, 2));
CREATE VIEW RAW.TOTALS AS SELECT ID, AMUONT FROM RAW.ORDERS;
"""


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "snowpipe_deploy", "validate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sql").mkdir()
    (tmp_path / "sql" / "a.sql").write_text(WRONG)
    return tmp_path


def test_text_shows_the_line_and_a_caret(folder: Path) -> None:
    done = run("sql", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == (
        "sql/a.sql\n"
        "  error: AMUONT is no column of ORDERS [SD706 unknown-column]\n"
        "    --> sql/a.sql:2:38\n"
        "      2 | CREATE VIEW RAW.TOTALS AS SELECT ID, AMUONT FROM RAW.ORDERS;\n"
        "                                               ^\n"
        "    hint: did you mean AMOUNT?\n"
        "\n"
        "1 file, 2 statements, 2 objects: 1 error\n"
    )


def test_json_tells_what_is_made_read_and_written(folder: Path) -> None:
    (folder / "sql" / "b.sql").write_text(
        "wobble the table now;\nINSERT INTO RAW.ORDERS (ID) SELECT ID FROM RAW.TOTALS;\n"
    )
    found = json.loads(run("sql", "--output", "json", cwd=folder).stdout)
    assert {f["rule"] for f in found["findings"]} == {"SD706", "SD008"}
    assert found["objects"][1] == {
        "kind": "VIEW", "name": "RAW.TOTALS", "path": "sql/a.sql", "line": 2, "reads": ["RAW.ORDERS"], "writes": [], "calls": [],
    }  # fmt: skip
    assert found["scripts"] == [
        {
            "verb": "INSERT",
            "path": "sql/b.sql",
            "line": 2,
            "reads": ["RAW.TOTALS"],
            "writes": ["RAW.ORDERS"],
            "calls": [],
        }
    ]
    assert found["not_understood"] == [{"path": "sql/b.sql", "line": 1, "text": "wobble the table now"}]


def test_sarif_and_github_point_at_the_place(folder: Path) -> None:
    sarif = json.loads(run("sql", "--output", "sarif", cwd=folder).stdout)
    (result,) = sarif["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("SD706", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "sql/a.sql"}, "region": {"startLine": 2, "startColumn": 38}}
    assert sarif["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "SD706"
    line = run("sql", "--output", "github", cwd=folder).stdout
    assert line.startswith("::error file=sql/a.sql,line=2,col=38,title=SD706 unknown-column::AMUONT is no column")


def test_the_library_gives_the_same(folder: Path) -> None:
    (finding,) = snowpipe_deploy.validate([folder / "sql"])
    assert (finding.rule, finding.severity, finding.where.line) == ("SD706", "error", 2)
    with pytest.raises(UsageError, match="no such file"):
        snowpipe_deploy.validate([folder / "nowhere"])


def test_strict_counts_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(
        "CREATE TASK IF NOT EXISTS RAW.T SCHEDULE = '5 MINUTES' AS CALL RAW.P();\nALTER TASK RAW.T RESUME;\n"
    )
    assert run("a.sql", cwd=tmp_path).returncode == 0
    assert run("a.sql", "--strict", cwd=tmp_path).returncode == 1


def test_a_missing_path_is_said(tmp_path: Path) -> None:
    done = run("nowhere", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such file or folder: nowhere" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "fragment"),
    [("a.sql", b"\xff\xfe\x00", ""), ("a.sql", b"SELECT '\xe9' AS A;", "not UTF-8"), ("a.sql", b"\0\0\0", "no statement"),
     ("a.sql.j2", b"{% for x in %}", ""), ("a.sql", b"", "nothing wrong"), ("a.sql", b"-- nothing\n", "nothing wrong")],
)  # fmt: skip
def test_damage_of_any_kind_is_no_traceback(tmp_path: Path, name: str, content: bytes, fragment: str) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(name, cwd=tmp_path)
    assert done.returncode in {0, 1}
    assert fragment in done.stdout
    assert "Traceback" not in done.stderr


def test_fix_mends_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(
        "CREATE TABLE RAW.T (ID NUMBER) -- the first\n"
        "CREATE TABLE RAW.U (ID NUMBER);\n"
        "CREATE TASK RAW.R WAREHOUSE = W SCHEDULE = '5 MINUTES' AS INSERT INTO RAW.T (ID) SELECT 1;\n"
        "ALTER TASK RAW.R RESUME; -- go\n"
        "CREATE TASK RAW.C WAREHOUSE = W AFTER RAW.R AS INSERT INTO RAW.U (ID) SELECT 2;\n"
        "ALTER TASK RAW.C RESUME;\n"
        "SELECT 1;\n"
    )
    before = run("a.sql", cwd=tmp_path)
    assert "SD009" in before.stdout
    run("a.sql", "--fix", cwd=tmp_path)
    assert (tmp_path / "a.sql").read_text().splitlines()[:2] == [
        "CREATE TABLE RAW.T (ID NUMBER); -- the first",
        "CREATE TABLE RAW.U (ID NUMBER);",
    ]
    again = run("a.sql", "--fix", cwd=tmp_path)
    assert "SD009" not in again.stdout
    assert "mended" not in again.stderr


def test_fix_moves_a_resume_behind_the_children(tmp_path: Path) -> None:
    lines = [
        "CREATE TASK RAW.R WAREHOUSE = W SCHEDULE = '5 MINUTES' AS INSERT INTO RAW.T (ID) SELECT 1;",
        "ALTER TASK RAW.R RESUME;",
        "CREATE TASK RAW.C WAREHOUSE = W AFTER RAW.R AS INSERT INTO RAW.U (ID) SELECT 2;",
        "ALTER TASK RAW.C RESUME;",
        "SELECT 1;",
    ]
    (tmp_path / "a.sql").write_text("\n".join(lines) + "\n")
    assert "a.sql: 1 mended" in run("a.sql", "--fix", cwd=tmp_path).stderr
    assert (tmp_path / "a.sql").read_text().splitlines() == [lines[0], lines[2], lines[3], lines[1], lines[4]]


def test_ignores_hold_for_their_statement_and_are_reported_when_they_do_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(
        "CREATE TABLE RAW.T (ID NUMBER);\n"
        "-- snowdeploy: ignore SD706 because it comes with the next release\n"
        "CREATE VIEW RAW.V AS\n"
        "SELECT NEW_ID FROM RAW.T;\n"
        "CREATE VIEW RAW.W AS\n"
        "SELECT\n"
        "    NEW_ID -- snowdeploy: ignore unknown-column\n"
        "FROM RAW.T;\n"
        "-- snowdeploy: ignore SD101 because I thought so\n"
        "CREATE VIEW RAW.X AS SELECT ID FROM RAW.T;\n"
    )
    found = json.loads(run("a.sql", "--output", "json", cwd=tmp_path).stdout)["findings"]
    assert [(f["rule"], f["line"]) for f in found] == [("SD004", 9)]


def test_migrations_are_read_in_the_order_of_their_versions(tmp_path: Path) -> None:
    (tmp_path / "V1.10__use.sql").write_text("ALTER TABLE RAW.T ADD COLUMN B NUMBER;\n")
    (tmp_path / "V1.9__make.sql").write_text("CREATE TABLE RAW.T (A NUMBER);\n")
    (tmp_path / "R__view.sql").write_text("CREATE OR REPLACE VIEW RAW.V AS SELECT A, B FROM RAW.T;\n")
    done = run(".", cwd=tmp_path)
    assert done.stdout == "3 files, 3 statements, 2 objects: nothing wrong\n"


def test_a_project_folder_is_read_as_its_project() -> None:
    root = Path(__file__).parent.parent
    done = run(".", cwd=root)
    assert (done.returncode, done.stdout.split(", ")[1]) == (0, "60 statements")


def test_jinja_without_values_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "m.sql").write_text(
        "{{ config(materialized='table') }}\n"
        "CREATE OR REPLACE TABLE {{ database }}.RAW.{{ name | upper }}_T AS\n"
        "SELECT {% for c in columns %}{{ c }}, {% endfor %}ID FROM {{ ref('orders') }} JOIN {{ source('crm', 'people') }} USING (ID);\n"
    )
    found = json.loads(run("m.sql", "--output", "json", cwd=tmp_path).stdout)
    assert found["findings"] == []
    assert found["objects"][0]["name"] == "__database__.RAW.__NAME___T".upper()
    assert found["objects"][0]["reads"] == ["CRM.PEOPLE", "ORDERS"]  # of the session
    assert found["objects"][0]["line"] == 2


def test_snowsql_variables_and_commands_are_reported_and_read_over(tmp_path: Path) -> None:
    (tmp_path / "s.sql").write_text("!set variable_substitution=true\nUSE DATABASE &{db};\nSELECT ID FROM &db.RAW.T;\n")
    found = json.loads(run("s.sql", "--output", "json", cwd=tmp_path).stdout)
    assert {(f["rule"], f["severity"]) for f in found["findings"]} == {("SD003", "info")}
    assert found["not_understood"] == []


def test_variables_of_other_tools_are_names_too(tmp_path: Path) -> None:
    (tmp_path / "t.sql").write_text(
        "USE DATABASE ${env}_RAW;\nCREATE OR REPLACE VIEW #{schema}#.V AS SELECT ID FROM {schema}.T WHERE N < 3 AND M > 4;\n"
        "GRANT USAGE ON DATABASE <your_db> TO ROLE %(role)s;\n"
    )
    found = json.loads(run("t.sql", "--output", "json", cwd=tmp_path).stdout)
    assert (found["findings"], found["not_understood"]) == ([], [])
    assert [use.strip("_") for use in found["objects"][0]["reads"]] == ["ENV__RAW.__SCHEMA.T"]


def test_repositories_side_by_side_say_nothing_about_each_other(tmp_path: Path) -> None:
    for number in range(12):
        folder = tmp_path / f"repository-{number}" / "sql"
        folder.mkdir(parents=True)
        table = "ORDERS" if number % 2 else "ORDRES"
        (folder / "a.sql").write_text(f"CREATE SCHEMA RAW;\nCREATE OR REPLACE TABLE RAW.{table} (ID NUMBER);\n")
    (tmp_path / "repository-0" / "sql" / "b.sql").write_text(
        "CREATE OR REPLACE VIEW RAW.V AS SELECT ID FROM RAW.ORDERS;\n"
    )
    found = json.loads(run(".", "--output", "json", cwd=tmp_path).stdout)
    assert (found["files"], found["statements"]) == (13, 25)
    wrong = [(f["rule"], f["path"], f["hint"]) for f in found["findings"] if f["severity"] == "error"]
    assert wrong == [("SD701", "repository-0/sql/b.sql", "did you mean RAW.ORDRES?")]


def test_a_letter_behind_the_number_comes_after_the_number(tmp_path: Path) -> None:
    (tmp_path / "02a_more.sql").write_text("CREATE OR REPLACE VIEW RAW.V AS SELECT A FROM RAW.T;\n")
    (tmp_path / "03_use.sql").write_text("CREATE OR REPLACE VIEW RAW.W AS SELECT A FROM RAW.V;\n")
    (tmp_path / "02_make.sql").write_text("CREATE OR REPLACE TABLE RAW.T (A NUMBER);\n")
    found = json.loads(run(".", "--output", "json", cwd=tmp_path).stdout)
    assert [o["name"] for o in found["objects"]] == ["RAW.T", "RAW.V", "RAW.W"]
    assert found["findings"] == []


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("T-SQL", "SET NOCOUNT ON\nDELETE dbo.orders WHERE id = 1\nGO\n"),
        ("PostgreSQL", "CREATE TABLE orders (id SERIAL PRIMARY KEY);\n\\c shop\nDO NOTHING AT ALL;\n"),
        ("MySQL", "CREATE TABLE orders (id INT AUTO_INCREMENT) ENGINE=InnoDB;\nDELIMITER //\n"),
        ("MySQL, BigQuery or Spark", "SELECT * FROM `a.b` JOIN `c` USING (`id`)\nthen look at it\n"),
        ("Spark", "CREATE TABLE a (id INT) USING DELTA\nOPTIMIZE a ZORDER BY id\n"),
    ],
)
def test_files_of_other_databases_are_not_judged(dialect: str, sql: str, tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(sql)
    found = json.loads(run("a.sql", "--output", "json", cwd=tmp_path).stdout)
    assert [(f["rule"], f["severity"], f["message"].split(":")[0]) for f in found["findings"]] == [
        ("SD005", "info", f"written for {dialect}")
    ]


def test_words_of_other_databases_do_not_hide_snowflake(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(
        "-- from `shop`.`orders` ENGINE=InnoDB\nCREATE OR REPLACE TABLE RAW.T (A VARIANT, NOTE VARCHAR DEFAULT 'GETDATE() USING DELTA');\n"
        "CREATE OR REPLACE PROCEDURE RAW.P() RETURNS VARCHAR LANGUAGE JAVASCRIPT AS $$ var a = `x`; var b = `y`; return a; $$;\nfoo bar baz;\n"
    )
    found = json.loads(run("a.sql", "--output", "json", cwd=tmp_path).stdout)
    assert [f["rule"] for f in found["findings"] if f["severity"] == "error"] == ["SD008"]


def test_a_rule_that_breaks_leaves_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> list[Hit]:
        raise KeyError("x")

    monkeypatch.setattr(lint, "RULES", (*lint.RULES, Rule("SD999", "broken", "error", "Breaks.", broken)))
    assert [f.rule for f in snowpipe_deploy.validate([folder / "sql"])] == ["SD000", "SD706"]
