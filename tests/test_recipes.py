"""The recipes of CONTRIBUTING.md: a file dropped into its folder is found and works, with no other file touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FILES = {
    "a kind": {
        "sqltext/clauses/alert.py": '''"""CREATE ALERT."""

from snowpipe_deploy.sqltext.head import Clause, setting, text_setting

CLAUSES = (setting("WAREHOUSE"), text_setting("SCHEDULE"), text_setting("COMMENT"), Clause("IF", lambda c: c.until("THEN")), Clause("THEN", lambda c: c.until()))
''',
        "kinds/alert.py": '''"""Alerts."""

from snowpipe_deploy.kind import Kind, show_key, text_of

KIND = Kind("ALERT", show="SHOW ALERTS IN DATABASE {database}", facts=lambda row: text_of(row, "comment"), key=show_key("ALERT"))
''',
        "proof": '''
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.templates import plain
text = "create schema RAW; create alert RAW.A warehouse = W schedule = '1 minute' if (exists (select 1)) then insert into RAW.T values (1);"
project = from_texts("p", Scope("D"), [plain("a.sql", text)])
assert [str(t.key) for t in project.objects] == ["schema RAW", "alert RAW.A"], project.problems
assert project.objects[1].reading["SCHEDULE"] == "1 minute"
''',
    },
    "a rule": {
        "rules/short_name.py": '''"""Names of one letter."""

from snowpipe_deploy.rule import Hit, Rule


def check(program):
    for step in program.statements:
        if step.creates and len(step.name.last) == 1:
            yield Hit(f"{step.label} has a name of one letter", step.statement.where)


RULE = Rule("SD999", "short-name", "warning", "Nobody knows what it is.", check)
''',
        "proof": '''
from snowpipe_deploy.lint import validate
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.templates import plain
project = from_texts("p", Scope("D"), [plain("a.sql", "create schema RAW;\\ncreate table RAW.X (ID number);")])
assert [(f.rule, f.where.line) for f in validate(project) if f.rule == "SD999"] == [("SD999", 2)]
''',
    },
    "a command": {
        "cli/hello.py": '''"""Says hello."""

import click


@click.command("hello")
def command() -> int:
    """Says hello.

    Example: snowdeploy hello
    """
    click.echo("hello")
    return 0
''',
        "proof": '''
import subprocess, sys
help_ = subprocess.run([sys.executable, "-m", "snowpipe_deploy", "--help"], capture_output=True, text=True).stdout
assert "hello" in help_ and "Says hello." in help_
assert subprocess.run([sys.executable, "-m", "snowpipe_deploy", "hello"], capture_output=True, text=True).stdout == "hello\\n"
''',
    },
    "a local statement": {
        "local/statements/explain.py": '''"""EXPLAIN USING TEXT."""

from snowpipe_deploy.local.runner import listing
from snowpipe_deploy.sqltext.head import Cursor


def explain(runner, head):
    cursor = Cursor(head.text)
    cursor.expect("EXPLAIN", "USING", "TEXT")
    return listing(("content",), [[cursor.rest]])


HANDLERS = {("EXPLAIN",): explain}
''',
        "proof": '''
import pathlib, tempfile
from snowpipe_deploy.local.account import LocalAccount
account = LocalAccount(pathlib.Path(tempfile.mkdtemp()))
assert account.session().execute("explain using text select 1").dicts() == [{"content": "select 1"}]
account.close()
''',
    },
    "a cause of status": {
        "status/causes/test_cause.py": '''"""A cause that always applies, last."""

from snowpipe_deploy.status.cause import Cause

CAUSE = Cause(999, lambda situation: "because")
''',
        "proof": '''
from snowpipe_deploy.status.causes import CAUSES
assert CAUSES[-1].rank == 999
''',
    },
}  # fmt: skip


@pytest.mark.parametrize("recipe", FILES)
def test_a_file_dropped_into_its_folder_works(recipe: str, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "snowpipe_deploy", tmp_path / "snowpipe_deploy", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name, text in FILES[recipe].items():
        if name != "proof":
            (tmp_path / "snowpipe_deploy" / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FILES[recipe]["proof"]], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
