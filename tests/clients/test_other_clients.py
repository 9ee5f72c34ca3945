"""Clients in environments of their own, each installed once and kept for the next time; only with --long."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.server.service import Service

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KEPT = Path(os.environ.get("SNOWDEPLOY_CLIENTS") or Path(tempfile.gettempdir()) / "snowdeploy-clients")


@pytest.fixture(autouse=True)
def _long(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("with --long")


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    made = LocalAccount(tmp_path / "account")
    yield made
    made.close()


@pytest.fixture
def port(account: LocalAccount) -> Iterator[int]:
    service = Service(account, {"LOCAL": "x"})
    thread = threading.Thread(target=service.run)
    thread.start()
    yield service.port
    service.stop()
    thread.join()
    service.close()


def environment(name: str, *packages: str) -> Path:
    """The folder with the programs of an environment; skips where it cannot be installed."""
    folder = KEPT / name
    if not (folder / "installed").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages]
        done = subprocess.run(pip, check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"{name} cannot be installed: {done.stderr[-300:]}")
        (folder / "installed").touch()
    return folder / "bin"


def said(words: list[str], folder: Path, variables: Mapping[str, str] = {}) -> str:
    done = subprocess.run(
        words,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "", **variables},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("version", ["4.8.1", "5.2.0"])
def test_a_connector(version: str, port: int, tmp_path: Path) -> None:
    programs = environment(f"connector-{version}", f"snowflake-connector-python=={version}")
    script = str(HERE / "connector_script.py")
    assert said([str(programs / "python"), script, str(port), str(tmp_path)], tmp_path) == f"ok {version}\n"


def test_snowpark(port: int, tmp_path: Path) -> None:
    programs = environment("snowpark", "snowflake-snowpark-python")
    script = str(HERE / "snowpark_script.py")
    assert said([str(programs / "python"), script, str(port), str(tmp_path)], tmp_path).startswith("ok ")


def test_procedures_in_python(tmp_path: Path) -> None:
    programs = environment("procedures", "snowflake-snowpark-python", f"{ROOT}[local]")
    script = str(HERE / "procedures_script.py")
    words = [str(programs / "python"), script, str(tmp_path)]
    assert said(words, tmp_path, {"PYTHONPATH": str(ROOT)}).startswith(
        "ok "
    )  # the package as it is here, not as it was installed


def test_dbt(port: int, account: LocalAccount, tmp_path: Path) -> None:
    """Seed, an incremental model by MERGE, a snapshot, tests; each a second time after a row has changed."""
    programs = environment(
        "dbt", "dbt-core<1.11", "dbt-snowflake<1.11"
    )  # of 2.0 the index has no parser that can be built
    project = tmp_path / "dbt"
    shutil.copytree(HERE / "dbt", project)
    session = account.session()
    session.execute("CREATE DATABASE D")
    session.execute("CREATE WAREHOUSE W")

    def dbt(*words: str) -> str:
        variables = {"PORT": str(port), "DBT_PROFILES_DIR": str(project), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        return said([str(programs / "dbt"), "--no-use-colors", *words], project, variables)

    for word in ("seed", "run", "snapshot", "test"):
        assert "Completed successfully" in dbt(word)
    seeds = project / "seeds" / "orders.csv"
    seeds.write_text(
        seeds.read_text().replace("2,GB,20.0,2024-01-02", "2,GB,21.0,2024-01-03") + "3,GB,1.0,2024-01-03 00:00:00\n"
    )
    for word in ("seed", "run", "snapshot", "test"):
        assert "Completed successfully" in dbt(word)
    assert session.execute("SELECT COUNTRY, AMOUNT, ORDERS FROM D.SHOP.COUNTRIES ORDER BY 1").rows == (
        ("DE", 10.5, 1), ("GB", 22.0, 2),
    )  # fmt: skip
    history = session.execute("SELECT ID, AMOUNT, DBT_VALID_TO IS NULL FROM D.SNAP.ORDERS_SNAPSHOT ORDER BY 1, 2").rows
    assert history == ((1, 10.5, True), (2, 20.0, False), (2, 21.0, True), (3, 1.0, True))
