"""Every scripting block of a program with its variables; those that EXECUTE IMMEDIATE holds as a literal too."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.columns import declared_names
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.uses import block_texts
from snowpipe_deploy.location import Location
from snowpipe_deploy.sqltext.head import ReadError
from snowpipe_deploy.sqltext.lexer import code, line_starts
from snowpipe_deploy.sqltext.scripting import Block, CursorFor, Job, Node, Sql, is_block, parse_block

_SQL = frozenset({"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY"})


@dataclass(frozen=True)
class Scripted:
    """A block; `text` is what it was read from and `at` the offset of that in the statement."""

    step: Step
    block: Block
    text: str
    at: int

    @cached_property
    def names(self) -> frozenset[str]:
        """All arguments and variables, of whatever scope."""
        return declared_names(self.step, self.block)

    @cached_property
    def texts(self) -> tuple[Inner, ...]:
        """The SQL and the expressions of its nodes, in order."""
        return tuple(
            Inner(part, self.at + at, node, place) for node, place, at, part in block_texts(self.block, self.text)
        )

    @property
    def sql(self) -> Iterator[Inner]:
        """Those of them that are SQL, in which variables need a colon."""
        return (inner for inner in self.texts if _is_sql(inner))

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    def where(self, node: Node) -> Location:
        """Where a node stands."""
        return self.step.at(self.at + self._starts[node.at.line - 1] + node.at.column)


def _is_sql(inner: Inner) -> bool:
    node = inner.node
    if isinstance(node, Sql | Job):
        return inner.verb in _SQL
    return isinstance(node, CursorFor) or bool(getattr(node, "query", "")) or bool(getattr(node, "table", ""))


def _read(program: Program, step: Step) -> Scripted | None:
    body = program.body(step)
    if body is None or body.is_query or body.opaque:
        return None
    if body.block is not None:
        return Scripted(step, body.block, body.text, body.at)
    tokens = code(body.text)
    if (
        [t.upper for t in tokens[:2]] != ["EXECUTE", "IMMEDIATE"]
        or len(tokens) < 3
        or tokens[2].kind not in {"dollar", "string"}
    ):
        return None
    text = tokens[2].value
    try:
        block = parse_block(text) if is_block(text) else None
    except ReadError:
        return None
    width = 2 if tokens[2].kind == "dollar" else 1
    return Scripted(step, block, text, body.at + tokens[2].start + width) if block is not None else None


@lru_cache(maxsize=4)
def blocks_of(program: Program) -> tuple[Scripted, ...]:
    """Every block that can be read, in order."""
    found = (_read(program, step) for step in program.statements)
    return tuple(block for block in found if block is not None)
