"""`snowdeploy init`: what it makes works at once, from validate to test."""

import json
import sys
from pathlib import Path

import pytest

from snowpipe_deploy.cli._main import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("SNOWDEPLOY_ENV", raising=False)

    def call(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["snowdeploy", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        assert stopped.value.code == code, out + err
        assert "Traceback" not in err
        return out + err

    return call


def test_a_new_project_works_at_once(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    said = run("init", "my shop-2")
    assert "environments/dev.toml" in said
    assert ".gitignore" in said
    root = tmp_path / "my shop-2"
    monkeypatch.chdir(root)
    assert 'name = "my-shop-2"' in (root / "environments" / "dev.toml").read_text()
    assert "nothing wrong" in run("validate", "--strict")
    assert "done" in run("apply", "--yes")
    assert "nothing to do" in run("plan", "--check")
    run("account", "put", "data/orders.csv", "@RAW.LANDING")
    assert "ADD_REVENUE succeeded" in run("run")
    assert '"AMOUNT": 12.75' in run(
        "account", "sql", "SELECT AMOUNT FROM MART.REVENUE WHERE CUSTOMER = 'ada'", "--output", "json"
    )
    run("status", "--check")
    report = json.loads(run("test", "--coverage", "--output", "json", "--jobs", "1"))
    assert report["summary"] == {"passed": 3, "failed": 0, "skipped": 0}
    assert all(line["ran"] for part in ("when", "handlers", "statements") for line in report["coverage"][part])
    assert not [
        text
        for text in root.rglob("*")
        if text.is_file() and ".snowdeploy" not in text.parts and "@NAME@" in text.read_text()
    ]


def test_a_failing_test_says_so_and_how_to_go_on(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    run("init", "shop")
    monkeypatch.chdir(tmp_path / "shop")
    path = tmp_path / "shop" / "tests" / "pipelines" / "orders.toml"
    path.write_text(path.read_text().replace("AMOUNT = 12.75", "AMOUNT = 12.76"))
    said = run("test", "-k", "nothing new", "--junit", "report.xml", code=1)
    assert "~ ada       2       12.76 → 12.75  changed: expected → found" in said
    assert "--> tests/pipelines/orders.toml:7" in said
    assert "test: 1 failed" in said
    assert (
        '<failure message="tests/pipelines/orders.toml:7: MART.REVENUE: other rows">' in Path("report.xml").read_text()
    )
    assert "updated tests/pipelines/orders.toml" in run("test", "-k", "nothing new", "--update")
    assert "3 passed" in run("test", "--jobs", "2")
    assert "no test was chosen" in run("test", "-k", "no such test", code=1)
    assert "does not exist" in run("test", "none.toml", code=2)


def test_only_an_empty_folder_is_filled(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".git").mkdir()
    (tmp_path / "mine.txt").write_text("x")
    assert "is not empty: it holds mine.txt" in run("init", code=2)
    assert [p.name for p in tmp_path.iterdir() if p.name != ".git"] == ["mine.txt"]
    assert "mine.txt is a file" in run("init", "mine.txt", code=2)
    (tmp_path / "mine.txt").unlink()
    assert "next:\n  snowdeploy apply" in run("init")
