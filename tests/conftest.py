"""What all tests share: the `--update` option, a fresh local account, and one with the video pipeline on it."""

import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.query.translate import Kept

pytest.register_assert_rewrite("tests.pipeline")
from tests.pipeline import Pipeline, deploy_to  # noqa: E402 - after the line above, or its asserts stay mute

# Where benchmarks/mutation.py keeps what its mutants have in common: the account of the project without a change, to which a
# changed one is deployed, and the translations. A changed project has the same objects with the same columns.
KEPT = Path(os.environ["SNOWDEPLOY_TEST_KEPT"]) if "SNOWDEPLOY_TEST_KEPT" in os.environ else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")
    parser.addoption(
        "--update", action="store_true", help="write what was answered into the cases; review with git diff"
    )


@pytest.fixture
def account(tmp_path: Path) -> Iterator[LocalAccount]:
    opened = LocalAccount(tmp_path / "account")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An account in which the project was deployed once; tests work on copies."""
    folder = tmp_path_factory.mktemp("template") / "account"
    if KEPT and (KEPT / "account").exists():
        shutil.copytree(KEPT / "account", folder)
    deploy_to(folder)
    if KEPT and not (KEPT / "account").exists():
        shutil.copytree(folder, KEPT / "account")
    return folder


@pytest.fixture(scope="session")
def translations() -> Iterator[dict[Any, Any]]:
    """What one copy of the template translated and the next one need not translate again."""
    kept = KEPT / "translations" if KEPT else None
    found: dict[Any, Any] = pickle.loads(kept.read_bytes()) if kept and kept.exists() else {}  # noqa: S301 - our own file
    yield found
    if kept and not kept.exists():
        kept.write_bytes(pickle.dumps(found))


@pytest.fixture
def pipeline(template: Path, translations: dict[Any, Any], tmp_path: Path) -> Iterator[Pipeline]:
    shutil.copytree(template, tmp_path / "account")
    made = Pipeline(tmp_path / "account")
    with sharing(made.account, translations):
        yield made
    made.account.close()


@contextmanager
def sharing(copy: LocalAccount, translations: dict[Any, Any]) -> Iterator[None]:
    """All copies of an account are opened with the same catalog: what one of them translated about it holds in all. What it
    translated after it changed its own, about anything but the tables that were there, is not passed on."""
    shared = copy.shared
    opened = shared.catalog.version
    shared.cache |= translations
    yield

    def of_all(held: Kept) -> bool:
        return held.version == opened or all(one is not None and one[1] <= opened for one in held.seen)

    translations |= {key: held for key, held in shared.cache.items() if of_all(held)}
