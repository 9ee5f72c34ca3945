"""What a user types and what comes back: exit codes, messages, JSON. They are promises (docs/reference)."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from snowpipe_deploy.cli._main import COMMANDS, group, main

ROOT = Path(__file__).resolve().parent.parent
TASKS = "templates/raw/tasks.sql.j2"


class Shell:
    """The command line in a project of its own."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._monkeypatch, self._capsys = root, monkeypatch, capsys

    def __call__(self, *arguments: str, code: int = 0) -> str:
        self._monkeypatch.setattr(sys, "argv", ["snowdeploy", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = self._capsys.readouterr()
        assert stopped.value.code == code, out + err
        assert "Traceback" not in err
        return out + err

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for folder in ("environments", "sql", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("SNOWDEPLOY_ENV", raising=False)
    return Shell(tmp_path, monkeypatch, capsys)


def actions(text: str) -> list[str]:
    return [a["id"] for a in json.loads(text)["actions"]]


def test_from_nothing_to_nothing(shell: Shell) -> None:
    """Deploy, an empty plan, one change, its apply, teardown, and all of it again."""
    assert "apply: 59 done" in shell("apply", "--yes")
    assert "nothing to do: 50 objects are as the files say" in shell("plan", "--check")
    shell.edit(TASKS, "CALL DWH.UPDATE_FACT_TABLE({{ run_id }})", "CALL DWH.UPDATE_FACT_TABLE({{ run_id }} || '')")
    changed = [
        "suspend task RAW.MONITOR_NEW_FILES",
        "alter task RAW.UPDATE_FACT_TABLE",
        "resume task RAW.MONITOR_NEW_FILES",
    ]
    assert actions(shell("plan", "--output", "json", "--check", code=3)) == changed
    before = shell("account", "sql", "SHOW TASKS IN ACCOUNT", "--output", "json")
    shell("apply", "--yes")
    after = shell("account", "sql", "SHOW TASKS IN ACCOUNT", "--output", "json")
    assert {t["name"]: t["id"] for t in json.loads(before)} == {t["name"]: t["id"] for t in json.loads(after)}
    assert {t["state"] for t in json.loads(after)} == {"started"}
    assert "nothing to do" in shell("plan")
    shell("teardown", "--yes", "--confirm", "YOUTUBE_ANALYTICS_DEV")
    left = json.loads(shell("account", "sql", "SHOW SCHEMAS IN DATABASE YOUTUBE_ANALYTICS_DEV", "--output", "json"))
    assert [schema["name"] for schema in left] == ["PUBLIC"]
    assert "this project has nothing in YOUTUBE_ANALYTICS_DEV" in shell("teardown")
    shell("apply", "--yes", "--quiet")
    assert "nothing to do" in shell("plan")


def test_files_shuffled_and_renamed_give_the_same_plan(shell: Shell) -> None:
    def planned() -> list[object]:
        return json.loads(shell("plan", "--output", "json"))["actions"]  # type: ignore[no-any-return]

    before = planned()
    for i, path in enumerate(sorted((shell.root / "sql").rglob("*.sql"), reverse=True)):
        path.rename(path.with_name(f"{i:02}_{path.stem[::-1]}.sql"))
    tasks = (shell.root / TASKS).read_text(encoding="utf-8")
    head, *parts = re.split(r"(?=^CREATE TASK)", tasks, flags=re.MULTILINE)
    (shell.root / TASKS).write_text(head + "".join(reversed(parts)), encoding="utf-8")
    (shell.root / TASKS).rename(shell.root / "templates/raw/zzz.sql.j2")
    assert planned() == before


def test_run_and_status_tell_why(shell: Shell) -> None:
    shell("apply", "--yes", "-q")
    assert "never run" in shell("status")
    out = shell("run")
    assert "its WHEN was false: none of RAW.VIDEO_STREAM, " in out
    assert "did not run: UPDATE_DIMENSIONS did not run" in out
    graph = json.loads(shell("status", "--output", "json"))["graphs"][0]
    assert graph["root"] == "YOUTUBE_ANALYTICS_DEV.RAW.MONITOR_NEW_FILES"
    assert [t["name"].rpartition(".")[2] for t in graph["runs"][0]["tasks"]] == [
        "MONITOR_NEW_FILES", "PROCESS_NEW_CATEGORIES", "PROCESS_NEW_VIDEOS", "UPDATE_DIMENSIONS", "UPDATE_FACT_TABLE",
        "RUN_DATA_QUALITY", "REFRESH_ANALYTICS_VIEWS", "LOG_RUN_OUTCOME",
    ]  # fmt: skip
    shell("account", "sql", "DROP TABLE STAGING.REJECTED_VIDEOS; ALTER TASK RAW.MONITOR_NEW_FILES SUSPEND")
    (shell.root / "USvideos_1.csv").write_text("a,b\n" + "x," * 15 + "y\n", encoding="utf-8")
    shell("account", "put", "USvideos_1.csv", "@RAW.VIDEO_STAGE")
    out = shell("run", code=1)
    assert "PROCESS_NEW_VIDEOS failed" in out
    assert "REJECTED_VIDEOS' does not exist or not authorized" in out
    out = shell("status", "--check", code=1)
    assert out.index("problems") < out.index("MONITOR_NEW_FILES  suspended")
    assert "snowdeploy apply --resume RAW.MONITOR_NEW_FILES" in out


def test_a_loss_is_refused_with_what_to_paste(shell: Shell) -> None:
    extra = shell.root / "sql" / "extra.sql"
    extra.write_text("CREATE TABLE RAW.EXTRA (ID NUMBER);\nCREATE STREAM RAW.EXTRA_STREAM ON TABLE RAW.EXTRA;\n")
    shell("apply", "--yes", "-q")
    extra.unlink()
    out = shell("apply", "--yes", code=4)
    assert "hint: --allow loses-offset:RAW.EXTRA_STREAM --allow deletes-data:RAW.EXTRA" in out
    shell("apply", "--yes", "--allow", "loses-offset:RAW.EXTRA_STREAM", "--allow", "deletes-data:RAW.VIDEOS", code=4)
    shell("apply", "--yes", "--allow", "loses-offset:RAW.EXTRA_STREAM", "--allow", "deletes-data:RAW.EXTRA")


@pytest.mark.parametrize(
    ("arguments", "code", "fragments"),
    [
        (("plan", "--env", "deve"), 2, ("no environment 'deve'", "did you mean dev?")),
        (("plan", "--set", "novalue"), 2, ("is not KEY=VALUE",)),
        (("plan", "--nonsense"), 2, ("No such option",)),
        (("plann",), 2, ("No such command",)),
        (("run", "RAW.UPDATE_FACT_TABLE"), 2, ("is not a root task", "RAW.MONITOR_NEW_FILES")),
        (("run",), 1, ("task RAW.MONITOR_NEW_FILES is not in YOUTUBE_ANALYTICS_DEV", "hint: snowdeploy apply")),
        (("graph", "RAW.VIDEO"), 2, ("did you mean RAW.VIDEOS?",)),
        (("account", "sql", "SELEC 1"), 1, ("not supported by the local account: statement SELEC",)),
        (("account", "sql", "SELECT * FROM NOWHERE"), 1, ("090105", "USE DATABASE")),
        (("account", "put", "nofile.csv", "@RAW.VIDEO_STAGE"), 2, ("no such file: nofile.csv",)),
        (("account", "sql", "SELECT 1", "--env", "prod"), 2, ("is not on the embedded account",)),
        (("render", "nowhere.sql"), 2, ("no SQL file at nowhere.sql",)),
        (("validate", "--explain", "SD999"), 2, ("no rule 'SD999'",)),
        (("teardown", "--yes", "--confirm", "WRONG"), 4, ("not confirmed", "--confirm YOUTUBE_ANALYTICS_DEV")),
    ],
)
def test_wrong_use_ends_in_a_clear_message(
    shell: Shell, arguments: tuple[str, ...], code: int, fragments: tuple[str, ...]
) -> None:
    out = shell(*arguments, code=code)
    for fragment in fragments:
        assert fragment in out


@pytest.mark.parametrize(
    ("path", "old", "new", "fragments"),
    [
        ("environments/dev.toml", 'type = "local"', 'typo = "local"', ("connection.type is missing",)),
        (
            "environments/dev.toml",
            "disposable = true",
            "disposabel = true",
            ("unknown key policy.disposabel", "dev.toml:10", "did you mean disposable?"),
        ),
        ("environments/dev.toml", "disposable = true", 'disposable = "yes"', ("policy.disposable", "dev.toml:10")),
        ("environments/dev.toml", "[scope]", "[scope", ("not valid TOML", "dev.toml:6")),
        (TASKS, "{{ schedule }}", "{{ shedule }}", ("'shedule' is undefined", f"{TASKS}:")),
        ("sql/raw/tables.sql", "CREATE TABLE CATEGORIES (", "CREATE TABLE CATEGORIES ((", ("error",)),
        (TASKS, "AFTER UPDATE_DIMENSIONS", "AFTER UPDATE_DIMENSION", ("did you mean RAW.UPDATE_DIMENSIONS?",)),
    ],
)
def test_damage_is_said_at_its_line(shell: Shell, path: str, old: str, new: str, fragments: tuple[str, ...]) -> None:
    shell.edit(path, old, new)
    code = 2 if path.startswith("environments") else 1
    out = shell("validate", code=code)
    for fragment in fragments:
        assert fragment in out
    shell("plan", code=code)


def test_render_gives_what_the_environment_says(shell: Shell) -> None:
    dev = shell("render", "templates/raw/stage.sql.j2")
    prod = shell("render", "templates/raw/stage.sql.j2", "--env", "prod")
    assert "URL" not in dev
    assert "STORAGE_INTEGRATION = YOUTUBE_PROD_S3" in prod
    shell("render", "--out", "build", "--env", "staging")
    assert len(list((shell.root / "build").rglob("*.sql"))) == 22


def test_every_environment_is_valid(shell: Shell) -> None:
    for name in ("dev", "staging", "prod"):
        assert "nothing wrong" in shell("validate", "--env", name)


def test_values_come_from_the_command_line_too(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOWDEPLOY_SET_WAREHOUSE", "FROM_VARIABLE")
    assert "WAREHOUSE = FROM_VARIABLE" in shell("render", TASKS)
    assert "WAREHOUSE = FROM_LINE" in shell("render", TASKS, "--set", "warehouse=FROM_LINE")
    planned = json.loads(shell("plan", "--database", "PR_42", "--output", "json"))
    assert planned["scope"] == {"database": "PR_42", "record_schema": "SNOWDEPLOY"}
    assert all("YOUTUBE_ANALYTICS" not in sql for action in planned["actions"] for sql in action["sql"])


def test_the_graph_renders(shell: Shell) -> None:
    mermaid = shell("graph", "--output", "mermaid")
    assert mermaid.startswith("flowchart LR")
    assert mermaid.count("==>") == 8
    assert shell("graph", "--output", "dot").startswith("digraph")
    assert {"kind": "TASK", "name": "RAW.MONITOR_NEW_FILES"} in json.loads(shell("graph", "--output", "json"))[
        "objects"
    ]
    assert "feeds stream RAW.VIDEO_STREAM" in shell("graph", "RAW.VIDEOS")


def test_an_account_in_use_names_the_process(shell: Shell) -> None:
    import subprocess

    shell("apply", "--yes", "-q")
    code = "import sys, duckdb; c = duckdb.connect('.snowdeploy/dev/account.duckdb'); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=shell.root
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert f"is in use by pid {holder.pid}" in shell("status", code=5)
    finally:
        holder.communicate()
    shell("status")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, shell: Shell) -> None:
    assert "Example:" in shell(name, "--help")
    assert name in shell("--help")
    assert group.get_command(None, name) is not None  # type: ignore[arg-type]


def test_drift_says_what_can_be_undone(shell: Shell) -> None:
    shell("apply", "--yes", "-q")
    assert "no drift: 50 objects are as they were deployed" in shell("drift")
    shell("account", "sql", "ALTER TABLE RAW.VIDEOS SET COMMENT = 'x'; ALTER TABLE STAGING.VIDEOS DROP COLUMN TITLE")
    out = shell("drift", "--deep", code=3)
    assert (
        out.index("cannot be undone") < out.index("STAGING.VIDEOS column TITLE is gone") < out.index("can be undone\n")
    )
    assert "objects looked at one by one" in out
    found = json.loads(shell("drift", "--output", "json", code=3))["drift"]
    assert [(d["name"], d["fact"], d["undoable"]) for d in found] == [
        ("RAW.VIDEOS", "comment", True), ("STAGING.VIDEOS", "column TITLE", False),
    ]  # fmt: skip
    planned = json.loads(shell("plan", "--output", "json"))
    assert planned["drift"] == found
    assert [a["id"] for a in planned["actions"]] == ["alter table RAW.VIDEOS"]
    assert "comment was" in shell("plan")


def test_the_way_back_from_the_record(shell: Shell) -> None:
    assert "this project has deployed nothing" in shell("history")
    shell("apply", "--yes", "-q")
    shell.edit(TASKS, "CALL DWH.UPDATE_FACT_TABLE({{ run_id }})", "CALL DWH.UPDATE_FACT_TABLE({{ run_id }} || '')")
    shell("apply", "--yes", "-q")
    found = json.loads(shell("history", "--output", "json"))["deployments"]
    assert [(d["status"], d["failed"]) for d in found] == [("done", 0), ("done", 0)]
    assert found[0]["id"] in shell("history")
    assert "nothing to do" in shell("rollback", "--to", found[0]["id"])
    out = shell("rollback", "--to", found[1]["id"], "--yes")
    assert "rollback: 3 done" in out
    assert actions(shell("plan", "--output", "json"))[1] == "alter task RAW.UPDATE_FACT_TABLE"
    assert f"one of {json.loads(shell('history', '--output', 'json'))['deployments'][0]['id']}" in shell(
        "rollback", "--to", "nowhere", code=2
    )


def test_adopt_takes_over_what_is_there(shell: Shell) -> None:
    """The record is lost; what can be compared is taken over by apply, the rest by adopt, and nothing is sent."""
    shell("apply", "--yes", "-q")
    shell("account", "sql", "DROP SCHEMA YOUTUBE_ANALYTICS_DEV.SNOWDEPLOY")
    out = shell("apply", "--yes", code=1)
    assert "the body cannot be compared" in out
    assert "snowdeploy adopt 'procedure " in out
    assert "50 done" in shell("adopt", "--yes")
    out = shell("plan", "--output", "json")
    assert (actions(out), json.loads(out)["drift"]) == ([], [])
    assert "did you mean RAW.VIDEOS or " in shell("adopt", "RAW.VIDEO", code=2)


def test_import_writes_a_project(shell: Shell) -> None:
    """An empty project, the account of another: import, adopt, and nothing to do."""
    shell("apply", "--yes", "-q")
    shell("account", "sql", "DROP SCHEMA YOUTUBE_ANALYTICS_DEV.SNOWDEPLOY")
    out = shell("import", "--schema", "raw", "--out", "elsewhere", "--output", "json")
    assert all(f["path"].startswith("sql/raw/") for f in json.loads(out)["files"])
    shutil.rmtree(shell.root / "sql")
    shutil.rmtree(shell.root / "templates")
    out = shell("import")
    assert "50 objects written" in out
    assert "stream RAW.VIDEO_STREAM: its position" in out
    assert "next: snowdeploy adopt --env dev" in out
    assert "there already: sql/analytics/" in shell("import", code=2)
    shell("adopt", "--yes", "-q")
    assert "nothing to do: 50 objects are as the files say" in shell("plan", "--check")
    assert "no schema NOWHERE" in shell("import", "--schema", "NOWHERE", "--out", "x", code=2)


def test_a_written_plan_is_done_or_refused(shell: Shell) -> None:
    """What was looked at is what is done; what moved meanwhile is named, and nothing is changed."""
    shell("plan", "--out", "plan.json")
    assert actions((shell.root / "plan.json").read_text(encoding="utf-8"))[0] == "create database YOUTUBE_ANALYTICS_DEV"
    assert "apply: 59 done" in shell("apply", "--plan", "plan.json")
    said = shell("apply", "--plan", "plan.json", code=4)
    assert "what plan.json was made from has moved; nothing was changed" in said
    assert "database YOUTUBE_ANALYTICS_DEV was made" in said
    assert "snowdeploy plan --env dev --out plan.json" in said
    shell("plan", "--out", "plan.json")
    shell.edit(TASKS, "CALL DWH.UPDATE_FACT_TABLE({{ run_id }})", "CALL DWH.UPDATE_FACT_TABLE({{ run_id }} || '')")
    assert f"file {TASKS} gives other SQL" in shell("apply", "--plan", "plan.json", code=4)
    assert "this is a plan of database YOUTUBE_ANALYTICS_DEV, not of OTHER" in shell(
        "apply", "--plan", "plan.json", "--database", "OTHER", code=2
    )
    assert "--resume, --scripts and --select make another plan" in shell(
        "apply", "--plan", "plan.json", "--scripts", code=2
    )
    (shell.root / "plan.json").write_bytes(b"\xff\xfe")
    assert "not a plan" in shell("apply", "--plan", "plan.json", code=2)
