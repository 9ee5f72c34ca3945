"""COPY INTO a table, read from its tokens: target, columns, source, the SELECT that transforms, options."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import Select, Tokens, read_query, split_at
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.location import Location
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token
from snowpipe_deploy.sqltext.query import closing, name_at


@dataclass(frozen=True, slots=True)
class Option:
    """`WORD = value`; the value in upper case, and the word's offset in the statement."""

    value: str
    at: int


@dataclass(frozen=True)
class Copy:
    """`columns` is None where there is no list; `source` is the token behind FROM, `select` the SELECT that stands there
    instead, `from_table_stage` is set for `@%t` as the source of either."""

    step: Step
    inner: Inner
    target: ObjectName
    columns: tuple[str, ...] | None = None
    source: Token | None = None
    inside: Tokens = ()
    select: Select | None = None
    options: Mapping[str, Option] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"COPY INTO {self.target}"

    @property
    def in_pipe(self) -> bool:
        return self.step.kind == "PIPE"

    @property
    def where(self) -> Location:
        return self.step.at(self.inner.at)

    def at(self, offset: int) -> Location:
        """Where an offset of the COPY stands."""
        return self.step.at(self.inner.at + offset)

    def option(self, word: str) -> str:
        found = self.options.get(word)
        return found.value if found is not None else ""

    def is_set(self, word: str) -> bool:
        """Is an option given, and not as FALSE or NONE?"""
        return self.option(word) not in {"", "FALSE", "NONE"}


def read_copy(step: Step, inner: Inner, program: Program) -> Copy | None:
    """None for COPY INTO a location, and where the target is not known."""
    tokens = inner.tokens
    if (
        len(tokens) < 3
        or tokens[0].upper != "COPY"
        or tokens[1].upper != "INTO"
        or tokens[2].kind not in {"word", "quoted"}
    ):
        return None
    name, at = name_at(tokens, 2)
    if name is None or "__" in str(name):
        return None
    columns: tuple[str, ...] | None = None
    if at < len(tokens) and tokens[at].text == "(":
        end = closing(tokens, at)
        columns = tuple(fold(part[0].text) for part in split_at(tokens[at + 1 : end], frozenset({","})) if part)
        at = end + 1
    source: Token | None = None
    inside: Tokens = ()
    if at + 1 < len(tokens) and tokens[at].upper == "FROM":
        source = tokens[at + 1]
        end = closing(tokens, at + 1) if source.text == "(" else at + 1
        inside = tokens[at + 2 : end]
        at = end + 1
    selects = read_query(inside).selects if inside else ()
    return Copy(
        step,
        inner,
        program.within(step, name),
        columns,
        source,
        inside,
        selects[0] if selects else None,
        _options(tokens, at),
    )


def _options(tokens: Tokens, at: int) -> dict[str, Option]:
    found: dict[str, Option] = {}
    while at + 1 < len(tokens):
        if tokens[at].kind == "word" and tokens[at + 1].text == "=" and at + 2 < len(tokens):
            value = tokens[at + 2]
            found[tokens[at].upper] = Option(value.value.upper(), tokens[at].start)
            at = closing(tokens, at + 2) + 1 if value.text == "(" else at + 3
        else:
            at += 1
    return found


@lru_cache(maxsize=4)
def copies_of(program: Program) -> tuple[Copy, ...]:
    """Every COPY INTO a table of the program, those of pipes too."""
    read = (read_copy(step, inner, program) for step, inner in statements(program) if inner.verb == "COPY")
    return tuple(copy for copy in read if copy is not None)
