"""The deploy cases on a real account: set SNOWDEPLOY_LIVE_CONNECTION to an entry of connections.toml whose role may create
databases and run tasks, and SNOWDEPLOY_LIVE_WAREHOUSE to a warehouse that stands for W and W2 in the cases."""

import os
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from snowpipe_deploy.environment import Connection, Environment, Policy
from snowpipe_deploy.session import Account
from tests.test_deploy_cases import CASES, Case, prove, read

CONNECTION = os.environ.get("SNOWDEPLOY_LIVE_CONNECTION")
WAREHOUSE = os.environ.get("SNOWDEPLOY_LIVE_WAREHOUSE", "")
pytestmark = pytest.mark.skipif(
    not (CONNECTION and WAREHOUSE), reason="SNOWDEPLOY_LIVE_CONNECTION and …_WAREHOUSE are not set"
)


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    from snowpipe_deploy.snowflake import SnowflakeAccount

    connection = Connection("snowflake", CONNECTION, None, None, WAREHOUSE, "none", "snowdeploy live tests")
    opened = SnowflakeAccount(
        Environment("live", "case", connection, "UNUSED", "SNOWDEPLOY", Policy(), {}, {}, {}, "live")
    )
    yield opened
    opened.close()


def on_warehouse(case: Case) -> Case:
    """The case with a warehouse that exists; a change from W to W2 is then no change, so such cases are skipped."""
    if "W2" in case.desired:
        pytest.skip("needs two warehouses")
    texts = [re.sub(r"warehouse = W\b", f"warehouse = {WAREHOUSE}", text) for text in (case.current, case.desired)]
    return replace(case, current=texts[0], desired=texts[1])


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(path: Path, account: Account) -> None:
    case = on_warehouse(read(path))
    database = f"SNOWDEPLOY_LIVE_{uuid.uuid4().hex[:12].upper()}"
    session = account.session()
    try:
        if case.database:
            session.execute(f"CREATE DATABASE {database}")
        prove(case, account, database)
    finally:
        session.execute(f"DROP DATABASE IF EXISTS {database}")
        session.close()
