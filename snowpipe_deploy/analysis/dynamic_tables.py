"""Dynamic tables: their lags, what they read, and what in their queries cannot be refreshed incrementally."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from snowpipe_deploy.analysis.program import Made, Program, Step
from snowpipe_deploy.analysis.queries import conjuncts, read_query
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import closing


@dataclass
class DynamicTable:
    """`sources` are the relations of the program that it reads itself, views followed in `upstream`."""

    step: Step
    lag: str
    mode: str
    altered: bool = False  # does a later ALTER change its lag?
    upstream: list[Step] = field(default_factory=list)
    through_views: list[Step] = field(default_factory=list)


@lru_cache(maxsize=4)
def dynamic_tables(program: Program) -> dict[int, DynamicTable]:
    """All dynamic tables of a program, by the index of their CREATE."""
    found = {
        step.index: DynamicTable(
            step, step.clause("TARGET_LAG") or step.clause("LAG"), step.clause("REFRESH_MODE").upper() or "AUTO"
        )
        for step in program.statements
        if step.creates and step.kind == "DYNAMIC TABLE"
    }
    for table in found.values():
        for made in read_by(program, table.step):
            if made.step.index in found:
                table.upstream.append(made.step)
            elif made.kind == "VIEW":
                table.through_views += [step for step in _below_views(program, made.step, set()) if step.index in found]
    for step in program.statements if found else ():
        if (
            step.verb == "ALTER"
            and step.kind == "DYNAMIC TABLE"
            and step.name is not None
            and "LAG" in step.head.rest.upper()
        ):
            for made in program.find("DYNAMIC TABLE", step.name, step):
                if made.step.index in found:
                    found[made.step.index].altered = True
    return found


def read_by(program: Program, step: Step) -> list[Made]:
    """The relations of the program that a query names, where a name means one only."""
    names = [use.name for use in program.uses(step) if use.kind == "relation" and use.access == "reads"]
    return [
        found[0] for name in names if len(found := program.find("relation", name, step)) == 1 and not found[0].inside
    ]


def _below_views(program: Program, view: Step, seen: set[int]) -> Iterator[Step]:
    if view.index in seen:
        return
    seen.add(view.index)
    for made in read_by(program, view):
        yield made.step
        if made.kind == "VIEW":
            yield from _below_views(program, made.step, seen)


# -- what cannot be refreshed incrementally ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Obstacle:
    """A construct that needs a full refresh; `never`: that no dynamic table may have. `certain`: it surely is what it looks like."""

    what: str
    at: int
    never: bool = False
    certain: bool = True


_MOMENTS = frozenset(
    {
        "CURRENT_TIMESTAMP",
        "CURRENT_DATE",
        "CURRENT_TIME",
        "LOCALTIMESTAMP",
        "LOCALTIME",
        "SYSDATE",
        "GETDATE",
        "SYSTIMESTAMP",
    }
)
_CHANCE = frozenset({"RANDOM", "UUID_STRING", "RANDSTR", "SEQ1", "SEQ2", "SEQ4", "SEQ8", "PERCENTILE_CONT"})
_NEVER = frozenset({"ANY_VALUE", "CURRENT_USER", "CURRENT_ROLE"})
_CLAUSES = frozenset({"SELECT", "FROM", "WHERE", "HAVING", "QUALIFY", "GROUP", "ORDER", "ON", "USING"})
_GROUPS = frozenset({"ROLLUP", "CUBE"})


def placed(tokens: tuple[Token, ...]) -> list[str]:
    """The clause in which each token stands: that of the innermost query around it."""
    stack, found = [""], []
    for i, token in enumerate(tokens):
        word = token.upper
        if token.text == "(":
            found.append(stack[-1])
            stack.append(stack[-1])
            continue
        if token.text == ")" and len(stack) > 1:
            stack.pop()
        elif word in _CLAUSES and not (word == "FROM" and (tokens[i - 1].upper == "DISTINCT" or _in_call(tokens, i))):
            stack[-1] = word
        found.append(stack[-1])
    return found


def _in_call(tokens: tuple[Token, ...], at: int) -> bool:
    """The FROM of EXTRACT(… FROM …) and TRIM(… FROM …)."""
    depth = 0
    for i in range(at - 1, max(at - 12, 0), -1):
        depth += {")": 1, "(": -1}.get(tokens[i].text, 0)
        if depth < 0:
            return tokens[i - 1].upper in {"EXTRACT", "TRIM", "SUBSTRING", "POSITION", "LTRIM", "RTRIM"}
    return False


@lru_cache(maxsize=512)
def obstacles(text: str) -> tuple[Obstacle, ...]:
    """The constructs of a query that cannot be refreshed incrementally (reference C.5), each kind once, in order."""
    tokens = code(text)
    places = placed(tokens)
    found: dict[str, Obstacle] = {}
    for i in range(len(tokens)):
        obstacle = _called(tokens, i, places[i]) or _worded(tokens, i, places)
        if obstacle is not None:
            found.setdefault(obstacle.what, obstacle)
    for obstacle in _outer_joins(tokens):
        found.setdefault(obstacle.what, obstacle)
    return tuple(sorted(found.values(), key=lambda o: o.at))


def _word(tokens: tuple[Token, ...], at: int) -> str:
    return tokens[at].upper if 0 <= at < len(tokens) else ""


def _called(tokens: tuple[Token, ...], i: int, place: str) -> Obstacle | None:
    word, at = tokens[i].upper, tokens[i].start
    if _word(tokens, i - 1) in {".", "AS"}:
        return Obstacle("a sequence", at) if word == "NEXTVAL" and _word(tokens, i - 1) == "." else None
    called = _word(tokens, i + 1) == "("
    if word in _NEVER and (called or word in {"CURRENT_USER", "CURRENT_ROLE"}):
        return Obstacle(word, at, never=True)
    if word in _MOMENTS and place == "SELECT" and (called or word.startswith("CURRENT_")):
        return Obstacle(f"{word} in SELECT", at)
    if word in _CHANCE and called:
        return Obstacle(word, at)
    if word in _GROUPS and called and place == "GROUP":
        return Obstacle(word, at)
    return None


def _worded(tokens: tuple[Token, ...], i: int, places: list[str]) -> Obstacle | None:
    word, at, after, before = tokens[i].upper, tokens[i].start, _word(tokens, i + 1), _word(tokens, i - 1)
    opens_query = after == "(" and _word(tokens, i + 2) in {"SELECT", "WITH"}
    queried = after in {"SELECT", "ALL", "WITH"} or opens_query
    if word in {"EXCEPT", "MINUS", "INTERSECT"} and queried:
        return Obstacle(word, at)
    if word == "LIMIT" and before != "." and i + 1 < len(tokens) and tokens[i + 1].kind == "number":
        return Obstacle("LIMIT", at)
    if word == "TOP" and before == "SELECT" and i + 1 < len(tokens) and tokens[i + 1].kind == "number":
        return Obstacle("TOP", at)
    if (word, after) in {("CONNECT", "BY"), ("GROUPING", "SETS"), ("WITH", "RECURSIVE")}:
        return Obstacle(f"{word} {after}", at)
    if word in {"EXISTS", "IN"} and opens_query:
        return Obstacle(f"{word} (subquery)", at)
    if word in {"SAMPLE", "TABLESAMPLE"} and places[i] == "FROM" and before not in {".", "AS", "FROM", "JOIN"} and after in {
        "(", "BERNOULLI", "ROW", "SYSTEM", "BLOCK",
    }:  # fmt: skip
        return Obstacle("SAMPLE", at, never=True)
    if word == "UNPIVOT" and after in {"(", "INCLUDE", "EXCLUDE"}:
        return Obstacle("UNPIVOT", at)
    if word == "LATERAL" and opens_query:
        return Obstacle("LATERAL (subquery)", at)
    scalar = (
        tokens[i].text == "("
        and after in {"SELECT", "WITH"}
        and (i == 0 or places[i] in {"SELECT", "WHERE", "HAVING", "QUALIFY"})
    )
    if (
        scalar
        and i
        and before
        not in {
            "AS",
            "EXISTS",
            "IN",
            "FROM",
            "JOIN",
            "UNION",
            "ALL",
            "EXCEPT",
            "MINUS",
            "INTERSECT",
            "LATERAL",
            "(",
            ")",
            "ANY",
        }
    ):
        return Obstacle("a scalar subquery", at)
    return None


def _outer_joins(tokens: tuple[Token, ...]) -> Iterator[Obstacle]:
    """Outer joins without any equality in their condition."""
    for part in _queries(tokens):
        for select in read_query(part).selects:
            for relation in select.relations:
                if relation.join in {"LEFT", "RIGHT", "FULL"} and relation.on:
                    parts = conjuncts(relation.on)
                    if not any(any(t.text == "=" for t in one) or len(one) < 3 for one in parts):
                        yield Obstacle("an outer join without equality", relation.on[0].start)


def _queries(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    yield tokens
    for i, token in enumerate(tokens[:-1]):
        if token.text == "(" and tokens[i + 1].upper in {"SELECT", "WITH"}:
            yield tokens[i + 1 : closing(tokens, i)]
