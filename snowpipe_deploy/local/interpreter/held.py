"""What a name in a block may stand for besides a variable, and the type of a value."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.clauses.procedure import Argument
from snowpipe_deploy.sqltext.scripting import Block
from snowpipe_deploy.types import DataType

TEXT, NUMBER, BOOLEAN = DataType("VARCHAR", (16777216,)), DataType("NUMBER", (38, 0)), DataType("BOOLEAN")
FLOAT = DataType("FLOAT")
Scope = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeclaredException:
    number: int
    text: str


@dataclass(slots=True)
class CursorState:
    query: str
    rows: list[tuple[object, ...]] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    types: tuple[DataType, ...] = ()
    at: int = 0
    open: bool = False


@dataclass(slots=True)
class Job:
    """An ASYNC statement: it ran when it was started, and what came of it is seen by AWAIT."""

    rows: Rows | None = None
    error: SqlError | None = None
    state: str = "started"  # then awaited or cancelled

    @property
    def status(self) -> str:
        """As SYSTEM$GET_RESULTSET_STATUS names it."""
        if self.state == "cancelled":
            return "ABORTED"
        return "SUCCESS" if self.error is None else "FAILED_WITH_ERROR"


@dataclass(frozen=True, slots=True)
class NestedProcedure:
    """One declared in a block: it sees what was declared before it, `names` of the innermost of `scopes`."""

    name: str
    arguments: tuple[Argument, ...]
    returns: str
    body: Block
    scopes: tuple[Scope, ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class Guard:
    """A block that runs: the depth of its scope, and what it declared, which is all that its handlers see of it."""

    block: Block
    depth: int
    declared: tuple[str, ...]
    active: bool = True  # not while one of its handlers runs

    @property
    def resumes(self) -> bool:
        return any(handler.resumes for handler in self.block.handlers)


def type_of(value: object) -> DataType:
    match value:
        case bool():
            return BOOLEAN
        case int():
            return NUMBER
        case Decimal():
            return DataType("NUMBER", (38, max(0, -int(value.as_tuple().exponent))))
        case float():
            return FLOAT
        case datetime():
            return DataType("TIMESTAMP_LTZ" if value.tzinfo else "TIMESTAMP_NTZ", (9,))
        case date():
            return DataType("DATE")
        case _:
            return TEXT
