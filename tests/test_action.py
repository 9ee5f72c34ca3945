"""The GitHub action: its steps run as a runner would run them, on a local account, against a server that keeps comments."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BASH = shutil.which("bash") or ""
pytestmark = pytest.mark.skipif(not BASH, reason="the steps of the action are bash")


@dataclass
class Step:
    """One step of the action: as far as a step without `uses` goes."""

    name: str
    condition: str = ""
    env: dict[str, str] = field(default_factory=dict)
    run: str = ""


def steps() -> list[Step]:
    """The steps of action.yml that run something; the file is read by its indentation, in the shape that we write."""
    found: list[Step] = []
    block = ""
    for line in (ROOT / "action.yml").read_text(encoding="utf-8").partition("  steps:\n")[2].splitlines():
        if line.startswith("    - name: "):
            found.append(Step(line.removeprefix("    - name: ")))
            block = ""
        elif re.match(r"      [a-z]", line):
            key, _, value = line.strip().partition(": ")
            block = key.rstrip(":")
            if key == "if":
                found[-1].condition = value
        elif block == "env":
            key, _, value = line.strip().partition(": ")
            found[-1].env[key] = value
        elif block == "run":
            found[-1].run += line.removeprefix("        ") + "\n"
    return [step for step in found if step.run]


class Runner:
    """Runs the steps with inputs, conditions and outputs put in as GitHub does."""

    def __init__(self, folder: Path, api: str) -> None:
        self.folder, self.api = folder, api
        (folder / "bin").mkdir()
        command = folder / "bin" / "snowdeploy"
        command.write_text(
            f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m snowpipe_deploy "$@"\n', encoding="utf-8"
        )
        command.chmod(0o755)
        self.summary = folder / "summary.md"

    def __call__(self, event: str, skip: str = "", **inputs: str) -> dict[str, tuple[int, str]]:
        """Exit code and output of each step that ran; what follows a failure does not run."""
        given = {"environment": "dev", "project": str(self.folder / "project"), "mode": "auto", "database": "", "set": "",
                 "allow": "", "strict": "false", "comment": "true", "extras": "", "token": "t", **inputs}  # fmt: skip
        values = {f"inputs.{k}": v for k, v in given.items()}
        values |= {"github.event_name": event, "github.event.pull_request.number": "7"}
        ran: dict[str, tuple[int, str]] = {}
        for step in steps():
            if step.name in {"Install snowdeploy", skip} or not self._holds(step.condition, values):
                continue
            output = self.folder / "output"
            output.write_text("", encoding="utf-8")
            env = {k: self._filled(v, values) for k, v in step.env.items()}
            done = subprocess.run(
                [BASH, "-eo", "pipefail", "-c", step.run], capture_output=True, text=True, check=False, cwd=self.folder,
                env={**self._runner(), **env, "GITHUB_OUTPUT": str(output)},
            )  # fmt: skip
            ran[step.name] = (done.returncode, done.stdout + done.stderr)
            if step.name == "Plan":
                pairs = (line.partition("=") for line in output.read_text(encoding="utf-8").splitlines())
                values |= {f"steps.plan.outputs.{key}": value for key, _, value in pairs}
            if done.returncode:
                break
        return ran

    def _runner(self) -> dict[str, str]:
        return {
            "PATH": f"{self.folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}", "NO_COLOR": "1",
            "HOME": str(self.folder), "RUNNER_TEMP": str(self.folder), "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_API_URL": self.api, "GITHUB_REPOSITORY": "o/r",
        }  # fmt: skip

    @staticmethod
    def _filled(text: str, values: dict[str, str]) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda m: values[m[1]], text)

    @staticmethod
    def _holds(condition: str, values: dict[str, str]) -> bool:
        """The conditions that we write: ==, !=, &&, || and parentheses."""
        if not condition:
            return True
        inside = condition.removeprefix("${{ ").removesuffix(" }}")
        words = re.sub(r"[a-z_]+(?:\.[\w-]+)+", lambda m: repr(values.get(m[0], "")), inside)
        return bool(eval(words.replace("&&", " and ").replace("||", " or "), {}))  # noqa: S307 - our own file


@pytest.fixture
def comments() -> Iterator[tuple[str, dict[int, str]]]:
    """An issue's comments behind GitHub's API; the first 120 are other people's."""
    kept = {number: f"comment {number}" for number in range(120)}

    class Api(BaseHTTPRequestHandler):
        def _answer(self, body: object, code: int = 200) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def _body(self) -> str:
            return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

        def do_GET(self) -> None:
            match = re.fullmatch(r"/repos/o/r/issues/7/comments\?per_page=(\d+)&page=(\d+)", self.path)
            assert match
            size, page = int(match[1]), int(match[2])
            rows = [{"id": k, "body": v} for k, v in sorted(kept.items())]
            self._answer(rows[size * (page - 1) : size * page])

        def do_POST(self) -> None:
            assert self.path == "/repos/o/r/issues/7/comments"
            kept[max(kept) + 1] = self._body()
            self._answer({}, 201)

        def do_PATCH(self) -> None:
            kept[int(self.path.removeprefix("/repos/o/r/issues/comments/"))] = self._body()
            self._answer({})

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", kept
    server.shutdown()
    server.server_close()


PROJECT = """[project]
name = "example"
[connection]
type = "local"
[scope]
database = "{{}}"
"""


@pytest.fixture
def runner(tmp_path: Path, comments: tuple[str, dict[int, str]]) -> Runner:
    project = tmp_path / "project"
    (project / "environments").mkdir(parents=True)
    (project / "sql").mkdir()
    (project / "environments" / "dev.toml").write_text(PROJECT.replace("{{}}", "EXAMPLE_DEV"), encoding="utf-8")
    (project / "sql" / "a.sql").write_text(
        "CREATE SCHEMA RAW;\nCREATE TABLE RAW.T (ID NUMBER, NAME VARCHAR);\n", encoding="utf-8"
    )
    return Runner(tmp_path, comments[0])


def test_a_pull_request_gets_one_comment_and_the_merge_is_applied(
    runner: Runner, comments: tuple[str, dict[int, str]]
) -> None:
    kept = comments[1]
    ran = runner("pull_request")
    assert [(name, code) for name, (code, _) in ran.items()] == [
        ("Validate", 0), ("Plan", 0), ("Comment", 0), ("Result of the plan", 0),
    ]  # fmt: skip
    assert kept[120].startswith("<!-- snowdeploy plan: dev ")
    assert "create table RAW.T" in kept[120]
    assert "create table RAW.T" in runner.summary.read_text(encoding="utf-8")
    ran = runner("push", "Validate")
    assert [(name, code) for name, (code, _) in ran.items()] == [("Apply", 0)]
    path = runner.folder / "project" / "sql" / "a.sql"
    path.write_text(path.read_text(encoding="utf-8").replace(", NAME VARCHAR", ""), encoding="utf-8")
    runner("pull_request", "Validate")
    assert len(kept) == 121
    assert "--allow deletes-data:RAW.T.NAME" in kept[120]
    code, said = runner("push", "Validate")["Apply"]
    assert (code, "--allow deletes-data:RAW.T.NAME" in said) == (4, True)
    assert runner("push", "Validate", allow="\ndeletes-data:RAW.T.NAME\n")["Apply"][0] == 0


def test_what_is_wrong_stops_the_job(runner: Runner) -> None:
    path = runner.folder / "project" / "sql" / "a.sql"
    path.write_text("CREATE SCHEMA RAW;\nCREATE VIEW RAW.V AS SELECT ID FROM RAW.T;\n", encoding="utf-8")
    ran = runner("pull_request")
    assert [(name, code) for name, (code, _) in ran.items()] == [("Validate", 1)]
    assert "::error file=" in ran["Validate"][1]


def test_a_plan_that_cannot_be_made_is_said_in_the_comment(
    runner: Runner, comments: tuple[str, dict[int, str]]
) -> None:
    path = runner.folder / "project" / "environments" / "dev.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('type = "local"', 'type = "snowflake"\nname = "nowhere"'))
    ran = runner("pull_request", "Validate")
    code = ran["Result of the plan"][0]
    assert code not in {0, 3}
    assert f":x: no plan (exit code {code})" in comments[1][120]
    assert "nowhere" in comments[1][120]
    runner.api = "http://127.0.0.1:1"  # where nobody answers
    ran = runner("pull_request", "Validate")
    assert ran["Comment"][0] == 0
    assert "::warning" in ran["Comment"][1]


def test_inputs_are_no_code(runner: Runner) -> None:
    """Nothing that somebody can name is put into the text of a script."""
    assert all("${{" not in step.run for step in steps())
    ran = runner("push", "Validate", database="X; touch hacked", set="a=$(touch hacked)\nb=`touch hacked`")
    assert not (runner.folder / "hacked").exists()
    assert ran


def test_each_step_that_runs_has_a_shell() -> None:
    """A composite action refuses a `run` without one."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert text.count("      shell: bash\n") == len(steps()) == text.count("      run: |\n")
