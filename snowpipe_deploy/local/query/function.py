"""A function of the allow-list as data: what it takes, what it gives, and the engine's SQL for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import around, bound, duck, raw
from snowpipe_deploy.local.query.translation import Rule, Translation
from snowpipe_deploy.local.query.values import as_json, as_text

Nodes = list[exp.Expression]
Gives = str | Callable[[Nodes], str]
Sql = str | Callable[..., exp.Expression]


@dataclass(frozen=True, slots=True)
class Taken:
    """The kinds of value that an argument may have, and how it is handed to the engine."""

    kinds: frozenset[str]
    handed: Callable[[exp.Expression], exp.Expression]


def _taken(kinds: str, template: str = "{0}") -> Taken:
    return Taken(frozenset(kinds.split()), lambda node: node if template == "{0}" else duck(template, node))


def _text(node: exp.Expression) -> exp.Expression:
    return node if kind(node) == "TEXT" else as_text(node)


# by the letter that stands for the argument in a signature
_TAKEN = {
    "t": Taken(
        frozenset(["TEXT", "NUMBER", "BOOLEAN", "DATE", "TIME", "TIMESTAMP", "JSON", "FLOAT", "INSTANT"]), _text
    ),  # in its text form
    "s": _taken("TEXT"),
    "n": _taken("NUMBER FLOAT"),
    "k": _taken("NUMBER"),
    "f": _taken("NUMBER FLOAT", "CAST({0} AS DOUBLE)"),
    "d": _taken("FLOAT"),
    "i": _taken("NUMBER", "CAST({0} AS BIGINT)"),  # a fraction is rounded
    "b": _taken("BOOLEAN"),
    "B": _taken("BINARY"),
    "D": _taken("DATE"),
    "T": _taken("TIMESTAMP"),
    "I": _taken("INSTANT"),
    "Z": _taken("TIME"),
    "w": _taken("DATE TIMESTAMP INSTANT", "CAST({0} AS TIMESTAMP)"),  # a moment with its wall time
    "j": _taken("JSON"),
    "v": Taken(
        frozenset(["TEXT", "NUMBER", "BOOLEAN", "DATE", "TIME", "TIMESTAMP", "JSON", "FLOAT", "INSTANT"]), as_json
    ),
    "x": _taken("TEXT NUMBER BOOLEAN DATE TIME TIMESTAMP JSON FLOAT INSTANT BINARY"),
    "o": _taken("TEXT NUMBER BOOLEAN DATE TIME TIMESTAMP FLOAT INSTANT"),  # what has an order
}
_NULLS = {"t": "VARCHAR", "s": "VARCHAR", "n": "DECIMAL(38,0)", "k": "DECIMAL(38,0)", "f": "DOUBLE", "d": "DOUBLE", "i": "BIGINT",
          "b": "BOOLEAN", "B": "BLOB", "D": "DATE", "T": "TIMESTAMP", "I": "TIMESTAMPTZ", "Z": "TIME", "w": "TIMESTAMP",
          "j": "JSON", "v": "JSON"}  # fmt: skip
_WORDS = {
    "JSON": "variant",
    "INSTANT": "timestamp_ltz",
    "TIMESTAMP": "timestamp_ntz",
    "UNKNOWN": "a value of unknown type",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function.

    `takes` has a letter for each argument (`P` and `L`: a part of a date, a literal); the last may be followed by `+`: one or
    more. `gives` is the type, or `0` for that of the first argument. `sql` is a template, or makes the expression of the
    arguments; `around` goes around an aggregate together with its OVER. `defaults` are engine SQL for arguments left out.
    """

    takes: str
    gives: Gives
    sql: Sql
    around: str | Callable[..., str] = ""
    defaults: tuple[str, ...] = ()

    def fits(self, given: Sequence[exp.Expression]) -> bool:
        letters = self.letters(len(given))
        if not len(letters) - len(self.defaults) <= len(given) <= len(letters):
            return False
        return all(_fits(letter, node) for letter, node in zip(letters, given, strict=False))

    def letters(self, count: int) -> str:
        if not self.takes.endswith("+"):
            return self.takes
        repeated = self.takes[-2]
        return self.takes[:-2] + repeated * max(1, count - len(self.takes) + 2)

    def type(self, given: Nodes) -> exp.DataType | None:
        if self.gives == "0":
            return given[0].type
        return exp.DataType.build(self.gives(given) if callable(self.gives) else self.gives, dialect="snowflake")

    def made(self, given: Nodes, *, aggregate: bool = False) -> exp.Expression:
        letters = self.letters(len(given))
        handed = [_handed(letter, node) for letter, node in zip(letters, given, strict=False)]
        missing = len(letters) - len(given)
        handed += [raw(sql) for sql in (self.defaults[-missing:] if missing else ())]
        fill = duck if aggregate else bound
        out = fill(self.sql, *handed) if isinstance(self.sql, str) else self.sql(*handed)
        if self.around:
            return around(out, self.around if isinstance(self.around, str) else self.around(*given))
        return out


def _single(node: exp.Expression) -> exp.Expression:
    return node.expressions[0] if isinstance(node, exp.Distinct) and len(node.expressions) == 1 else node


def _fits(letter: str, node: exp.Expression) -> bool:
    if letter == "P":
        return isinstance(node, exp.Var | exp.Literal)
    if letter == "L":
        return isinstance(node, exp.Literal | exp.Neg)
    return kind(_single(node)) in _TAKEN[letter].kinds or kind(node) == "NULL"


def _handed(letter: str, node: exp.Expression) -> exp.Expression:
    if letter in "PL":
        return node
    if isinstance(node, exp.Distinct):
        node.set("expressions", [_handed(letter, _single(node))])
        return node
    if kind(node) == "NULL" and letter in _NULLS:
        return duck(f"CAST({{0}} AS {_NULLS[letter]})", node)  # a column of nothing but NULL, too
    return _TAKEN[letter].handed(node)


@dataclass(frozen=True, slots=True)
class Function:
    """A function that stands under its name in the tree."""

    signatures: tuple[Signature, ...]
    aggregate: bool = False
    distinct: bool = False  # may DISTINCT stand in it?

    def __call__(self, node: exp.Expression, _: Translation) -> exp.Expression:
        given, name = node.expressions, str(node.name).upper()
        if not self.distinct and any(isinstance(argument, exp.Distinct) for argument in given):
            raise unsupported(f"function {name} with DISTINCT")
        found = self.signature(given)
        if found is not None:
            return found.made(given, aggregate=self.aggregate)
        if not any(each.fits([exp.Null()] * len(given)) for each in self.signatures if not set(each.takes) & set("PL")):
            raise unsupported(f"function {name} with {len(given)} arguments, or with these")
        shown = ", ".join(_WORDS.get(kind(argument), kind(argument).lower()) for argument in given)
        raise unsupported(f"function {name} of {shown}: write the arguments with ::<type>")

    def signature(self, given: Nodes) -> Signature | None:
        return next((each for each in self.signatures if each.fits(given)), None)

    def type_of(self, node: exp.Expression) -> exp.DataType | None:
        found = self.signature(node.expressions)
        return found.type(node.expressions) if found is not None else None


@dataclass(frozen=True, slots=True)
class Special:
    """A function whose rule looks at the whole call."""

    rule: Rule
    gives: str | Callable[[exp.Expression], str]  # of the call
    aggregate: bool = field(default=False)

    def __call__(self, node: exp.Expression, t: Translation) -> exp.Expression:
        return self.rule(node, t)

    def type_of(self, node: exp.Expression) -> exp.DataType | None:
        if self.gives == "0":
            return _single(node.expressions[0]).type if node.expressions else None
        return exp.DataType.build(self.gives(node) if callable(self.gives) else self.gives, dialect="snowflake")


def of(takes: str, gives: Gives, sql: Sql, *defaults: str) -> Function:
    """A function that can be called in one way."""
    return Function((Signature(takes, gives, sql, defaults=defaults),))


def either(*functions: Function) -> Function:
    """A function that can be called in several ways; the first that fits is taken."""
    signatures = tuple(each for function in functions for each in function.signatures)
    return Function(signatures, functions[0].aggregate, functions[0].distinct)


def aggregate(
    takes: str, gives: Gives, sql: Sql, around: str | Callable[..., str] = "", *, distinct: bool = False
) -> Function:
    return Function((Signature(takes, gives, sql, around),), aggregate=True, distinct=distinct)


def annotated(rules: Mapping[Any, Rule]) -> Callable[[Any, exp.Expression], exp.Expression]:
    """The type of a call for sqlglot's annotation; functions of the system that do not say it answer with text."""

    def annotator(self: Any, node: exp.Expression) -> exp.Expression:
        rule = rules.get(str(node.name).upper())
        if isinstance(rule, Function | Special):
            self._set_type(node, rule.type_of(node) or exp.DataType.build("unknown"))
        else:
            self._set_type(node, exp.DataType.build("varchar" if rule is not None else "unknown"))
        return node

    return annotator
