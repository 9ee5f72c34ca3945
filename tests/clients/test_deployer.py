"""The deployer itself, through the official connector and a server: what passes in process passes over HTTP."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.server.service import Service

pytest.importorskip("snowflake.connector")
ROOT = Path(__file__).resolve().parent.parent.parent
CONNECTION = """
[served]
account = "LOCAL"
user = "LOCAL"
password = "only-here"
host = "{host}"
port = {port}
protocol = "http"
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """The video pipeline, with an environment that logs in to a served account."""
    account = LocalAccount(tmp_path / "account")
    service = Service(account, {"LOCAL": "only-here"})
    thread = threading.Thread(target=service.run)
    thread.start()
    for folder in ("environments", "sql", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    dev = tmp_path / "environments" / "dev.toml"
    dev.write_text(dev.read_text().replace('type = "local"', 'type = "snowflake"\nname = "served"'))
    entries = tmp_path / "connections.toml"
    entries.write_text(CONNECTION.format(host=service.host, port=service.port))
    entries.chmod(0o600)
    yield tmp_path
    service.stop()
    thread.join()
    service.close()
    account.close()


def snowdeploy(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "snowpipe_deploy", *words], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "SNOWFLAKE_HOME": str(folder), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_project_is_deployed_over_http(project: Path) -> None:
    assert "apply: 59 done" in snowdeploy(project, "apply", "--yes")
    assert "nothing to do: 50 objects are as the files say" in snowdeploy(project, "plan", "--check")
    assert "no problems" in snowdeploy(project, "status")
