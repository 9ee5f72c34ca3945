"""A Snowflake account in this process, on DuckDB: what it knows it does as Snowflake does, the rest it refuses."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snowpipe_deploy.local.connection import connect

__all__ = ["connect"]


def __getattr__(name: str) -> object:
    """`connect` without loading the account, its server and the connector for who wants none of them."""
    if name == "connect":
        from snowpipe_deploy.local.connection import connect

        return connect
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
