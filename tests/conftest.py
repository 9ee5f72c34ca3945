"""What all tests share: the `--update` option and a fresh local account."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write what was answered into the cases; review with git diff"
    )


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    opened = LocalAccount(tmp_path / "account")
    yield opened
    opened.close()
