"""The state of translating one query: which sources it reads, what makes it unfit for the cache."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp

from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.types import MAX_VARCHAR, DataType

TASK_FACT = "__FACT_"  # begins the name of a variable that holds what SYSTEM$TASK_RUNTIME_INFO answers


@dataclass(frozen=True, slots=True)
class Source:
    """Something that stands in FROM: its columns, and the DuckDB text that gives the rows."""

    sql: str
    columns: tuple[tuple[str, DataType], ...]
    streams: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Typed:
    """A scripting variable's value, with the type it was declared with."""

    value: object
    type: DataType


def task_facts(runner: Runner) -> dict[str, Typed]:
    """What SYSTEM$TASK_RUNTIME_INFO answers, as variables: a text that asks is translated once for all runs."""
    facts = runner.task_run.facts if runner.task_run is not None else {}
    return {TASK_FACT + name: Typed(value, DataType("VARCHAR", (MAX_VARCHAR,))) for name, value in facts.items()}


@dataclass(slots=True)
class Translation:
    runner: Runner
    binds: dict[str, Typed]
    targets: dict[str, Source] = field(default_factory=dict)  # by upper-case alias: tables whose hidden row id is read
    sources: dict[str, Source] = field(default_factory=dict)
    streams: set[int] = field(default_factory=set)
    reads: set[int] = field(default_factory=set)  # the tables whose rows it reads, and the views on the way
    only_streams: bool = False  # the query has no rows while the streams that it reads have none
    asked: set[int] = field(default_factory=set)  # streams that are asked whether they have data
    types: tuple[DataType | None, ...] = ()  # of the result, see `outputs`
    calls: bool = False  # it calls functions that a schema holds, which may be other ones tomorrow
    volatile: bool = False  # the text holds a value that was computed now

    def add(self, source: Source) -> str:
        key = f"S{len(self.sources)}"
        self.sources[key] = source
        self.streams |= source.streams
        return key


Rule = Callable[[exp.Expression, Translation], exp.Expression]
Rules = dict[type[exp.Expression] | str, Rule]


def same(node: exp.Expression, _: Translation) -> exp.Expression:
    """The rule of what sqlglot's own Snowflake-to-DuckDB generation already gets right."""
    return node
