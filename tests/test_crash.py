"""A deployment that is killed, or stopped with Ctrl-C, goes on where it stood; nothing is lost, nothing done twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from snowpipe_deploy.cli._main import main

ROOT = Path(__file__).resolve().parent.parent


def interrupted(folder: Path, after: int, with_: signal.Signals, times: int = 1) -> tuple[int, str]:
    """Applies in another process and sends it a signal after so many finished actions."""
    process = subprocess.Popen(
        [sys.executable, "-m", "snowpipe_deploy", "apply", "--yes", "--jobs", "2"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(f"[{after}/"):
            for _ in range(times):
                process.send_signal(with_)
                time.sleep(0.1)  # two at once would be one
    return process.wait(), "".join(lines)


def snowdeploy(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["snowdeploy", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("environments", "sql", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("after", [3, 20, 33, 44])
def test_after_a_kill_the_next_apply_ends_it(
    folder: Path, after: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupted(folder, after, signal.SIGKILL)
    snowdeploy(folder, monkeypatch, "apply", "--yes", "-q")
    capsys.readouterr()
    snowdeploy(folder, monkeypatch, "plan")
    assert "nothing to do: 50 objects" in capsys.readouterr().out
    snowdeploy(folder, monkeypatch, "account", "sql", "SHOW TASKS IN ACCOUNT", "--output", "json")
    assert capsys.readouterr().out.count('"started"') == 8


def test_ctrl_c_says_what_was_done_and_what_to_type(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = interrupted(folder, 12, signal.SIGINT)
    assert code == 1
    assert "stopped: " in out
    assert "go on with: snowdeploy apply --env dev" in out
    assert "Traceback" not in out
    snowdeploy(folder, monkeypatch, "apply", "--yes", "-q")
    capsys.readouterr()
    snowdeploy(folder, monkeypatch, "plan")
    assert "nothing to do: 50 objects" in capsys.readouterr().out


def test_a_second_ctrl_c_ends_it_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = interrupted(folder, 12, signal.SIGINT, times=2)
    assert code == 1
    assert "Traceback" not in out
    snowdeploy(folder, monkeypatch, "apply", "--yes", "-q")
    capsys.readouterr()
    snowdeploy(folder, monkeypatch, "plan")
    assert "nothing to do: 50 objects" in capsys.readouterr().out
