"""Deploys data pipelines that run inside Snowflake, and runs them on a laptop."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snowpipe_deploy.model import Finding


def validate(paths: Iterable[Path | str]) -> "tuple[Finding, ...]":
    """Everything that is wrong with files and folders of Snowflake SQL, by place; they are read as scripts in their order.

    Reads only; raises UsageError where a path does not exist.
    """
    from snowpipe_deploy.lint import validate_paths

    return validate_paths([Path(path) for path in paths])[1]
