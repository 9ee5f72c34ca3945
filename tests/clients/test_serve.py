"""`snowdeploy account serve` as a process: what it prints, who it lets in, how it ends, and what stands in its way."""

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

connector = pytest.importorskip("snowflake.connector")
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")
ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = """
[project]
name = "shop"
[connection]
type = "local"
[scope]
database = "SHOP"
"""
LOGINS = """
[logins]
ANALYST = "ANALYST_PASSWORD"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "dev.toml").write_text(ENVIRONMENT)
    (folder / "other.toml").write_text(ENVIRONMENT + LOGINS)
    return tmp_path


def start(folder: Path, *words: str, **variables: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "snowpipe_deploy", "account", *words], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **variables},
    )  # fmt: skip


def entry(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """The entry of connections.toml that a server prints."""
    assert process.stdout is not None
    said = []
    while not said or not said[-1].startswith("database"):
        line = process.stdout.readline()
        assert line, process.communicate()
        said.append(line)
    (found,) = tomllib.loads("".join(said[said.index("connections.toml:\n") + 1 :])).values()
    return dict(found)


@pytest.fixture
def served(project: Path) -> Iterator[tuple["subprocess.Popen[str]", dict[str, Any]]]:
    process = start(project, "serve", "--port", "0")
    yield process, entry(process)
    process.kill()
    process.communicate()


def answered(process: "subprocess.Popen[str]") -> tuple[int, str]:
    said, wrong = process.communicate(timeout=30)
    return process.returncode, said + wrong


def test_what_it_prints_is_how_to_connect_and_ctrl_c_ends_it(
    project: Path, served: tuple["subprocess.Popen[str]", dict[str, Any]]
) -> None:
    process, login = served
    known = {key: value for key, value in login.items() if key != "database"}
    connection = connector.connect(**known, server_session_keep_alive=True)  # it says no goodbye to who is gone
    cursor = connection.cursor()
    for sql in ("CREATE DATABASE SHOP", "CREATE TABLE T (N INT)", "BEGIN", "INSERT INTO T VALUES (1)"):
        cursor.execute(sql)
    cursor.execute_async("BEGIN LET i := 0; WHILE (TRUE) DO i := i + 1; END WHILE; END")
    process.send_signal(signal.SIGINT)
    assert answered(process) == (0, "")
    connection.close()
    again = start(project, "sql", "SELECT COUNT(*) AS N FROM SHOP.PUBLIC.T", "--output", "json")
    assert answered(again) == (0, '[\n  {"N": 0}\n]\n')  # what was not committed is not there


def test_one_process_holds_the_account_and_one_the_port(
    project: Path, served: tuple["subprocess.Popen[str]", dict[str, Any]]
) -> None:
    process, login = served
    code, said = answered(start(project, "sql", "SELECT 1"))
    assert (code, f"is in use by pid {process.pid}" in said) == (5, True), said
    code, said = answered(
        start(project, "serve", "--env", "other", "--port", str(login["port"]), ANALYST_PASSWORD="secret-1")  # noqa: S106 - a test's
    )
    assert (code, f"port {login['port']} cannot be used: address already in use" in said) == (2, True), said


def test_the_file_of_the_environment_says_who_may_log_in(project: Path) -> None:
    code, said = answered(start(project, "serve", "--env", "other", "--port", "0"))
    assert (code, "[logins]: the environment variable ANALYST_PASSWORD holds no password" in said) == (2, True), said
    process = start(project, "serve", "--env", "other", "--port", "0", ANALYST_PASSWORD="secret-1")  # noqa: S106 - a test's
    login = entry(process)
    assert (login["user"], "password" in login) == ("ANALYST", False)
    known = {key: value for key, value in login.items() if key != "database"}
    connection = connector.connect(**known, password="secret-1")  # noqa: S106 - a test's
    assert connection.cursor().execute("SELECT CURRENT_USER()").fetchall() == [("ANALYST",)]
    connection.close()
    with pytest.raises(connector.errors.Error, match="Incorrect username or password"):
        connector.connect(**{**known, "user": "LOCAL"}, password="secret-1")  # noqa: S106 - a test's
    process.send_signal(signal.SIGTERM)
    assert answered(process) == (0, "")
