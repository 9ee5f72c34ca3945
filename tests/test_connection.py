"""What a login asks Snowflake for: our file over variables over the entry in connections.toml."""

from pathlib import Path

import pytest

from snowpipe_deploy.environment import Environment, load_environment
from snowpipe_deploy.errors import UsageError

pytest.importorskip("snowflake.connector")
from snowpipe_deploy.snowflake import parameters

ENTRIES = {"work": {"account": "ACME-DEV", "user": "me", "role": "PUBLIC", "database": "OTHER", "schema": "OTHER"}}


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments" / "dev.toml").write_text(
        '[project]\nname = "p"\n[connection]\ntype = "snowflake"\nname = "work"\nrole = "DEPLOYER"\n[scope]\ndatabase = "D"\n'
    )
    return load_environment(tmp_path, "dev")


def test_secondary_roles_are_off_from_the_first_statement_on(environment: Environment) -> None:
    assert parameters(environment, ENTRIES, {})["secondary_roles"] == "NONE"


def test_the_file_comes_before_variables_and_they_before_the_entry(environment: Environment) -> None:
    variables = {
        "SNOWFLAKE_CONNECTIONS_WORK_USER": "ci",
        "SNOWFLAKE_CONNECTIONS_WORK_ROLE": "OTHER",
        "SNOWFLAKE_PASSWORD": "x",
    }
    found = parameters(environment, ENTRIES, variables)
    assert (found["role"], found["user"], found["password"], found["account"]) == ("DEPLOYER", "ci", "x", "ACME-DEV")


def test_the_database_may_not_exist_yet_so_none_is_asked_for(environment: Environment) -> None:
    assert {"database", "schema"}.isdisjoint(parameters(environment, ENTRIES, {}))


def test_an_unknown_connection_is_said_with_those_that_are_known(environment: Environment) -> None:
    with pytest.raises(UsageError, match="no connection 'work'"):
        parameters(environment, {}, {})
