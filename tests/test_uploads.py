"""Files of a project reach their stages byte for byte, and what cannot be put anywhere is said with its place."""

import hashlib
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, uploads
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.project import load


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "environments/base.toml": '[project]\nname = "p"\n',
        "environments/dev.toml": '[connection]\ntype = "local"\n[scope]\ndatabase = "D"\n',
        "sql/code.sql": "create schema RAW;\ncreate stage RAW.CODE;\ncreate stage RAW.OUT_ url = 's3://b/' storage_integration = I;\n",
        "files/raw/code/a b/lib.py": "x = 1\n",
        "files/raw/code/.DS_Store": "noise",
    }.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "project"


def on_stage(account: LocalAccount) -> dict[str, str]:
    return {str(row["name"]): str(row["md5"]) for row in account.session().execute("LIST @D.RAW.CODE").dicts()}


def deployed(root: Path, account: LocalAccount) -> list[str]:
    plan = deploy.plan(load(root, load_environment(root, "dev")), account.session())
    assert [o.detail for o in deploy.apply(plan, account) if o.status == "failed"] == []
    return [action.id for action in plan.actions]


def test_a_file_is_put_as_it_is_and_only_when_its_content_changed(root: Path, account: LocalAccount) -> None:
    account.session().execute("CREATE DATABASE D")
    deployed(root, account)
    file = root / "files/raw/code/a b/lib.py"
    assert on_stage(account) == {"code/a b/lib.py": hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}
    assert deployed(root, account) == []
    file.write_text("x = 2\n")
    assert deployed(root, account) == ["upload stage file RAW.CODE/a b/lib.py"]
    assert on_stage(account) == {"code/a b/lib.py": hashlib.md5(b"x = 2\n", usedforsecurity=False).hexdigest()}
    file.unlink()
    assert deployed(root, account) == ["drop stage file RAW.CODE/a b/lib.py"]
    assert on_stage(account) == {}


def test_files_without_a_stage_are_named(root: Path) -> None:
    for folder in ("raw/none", "raw/out_"):
        (root / "files" / folder).mkdir(parents=True)
        (root / "files" / folder / "x.csv").write_text("1")
    found = [str(p.where) + ": " + p.message for p in load(root, load_environment(root, "dev")).problems]
    assert found == [
        "files/raw/none/x.csv:1: stage RAW.NONE is not made by the project",
        "files/raw/out_/x.csv:1: stage RAW.OUT_ is external: nothing can be put on it",
    ]
    (root / "files" / "lost.csv").write_text("1")
    with pytest.raises(DeployError, match=r"files/lost\.csv lies on no stage"):
        uploads.found(root)
