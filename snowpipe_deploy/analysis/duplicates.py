"""Whether the source of a MERGE can have several rows of one key, as far as queries, declared keys and writers tell."""

from dataclasses import dataclass, field

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.consumption import is_added_to, is_standard, source_query, tells_actions_apart
from snowpipe_deploy.analysis.merges import Merge
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import (
    Query,
    Select,
    Tokens,
    column,
    conjuncts,
    has_star,
    item_name,
    read_query,
    split_at,
    words,
)
from snowpipe_deploy.analysis.streams import streams_of
from snowpipe_deploy.analysis.tables import Write, tables_of
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import closing

Key = frozenset[str]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Why several rows of one key may come; `is_sure` where they will, sooner or later."""

    reason: str
    is_sure: bool = False


@dataclass(frozen=True)
class Condition:
    """The ON of a MERGE: pairs (target column, source column) of its plain equalities, and how many other parts it has;
    `is_open` where one of these looks at the source."""

    pairs: tuple[tuple[str, str], ...] = ()
    others: int = 0
    is_open: bool = False

    @property
    def source(self) -> Key:
        return frozenset(s for _, s in self.pairs)

    @property
    def target(self) -> Key:
        return frozenset(t for t, _ in self.pairs)


def unwrapped(tokens: Tokens) -> Tokens:
    while tokens and tokens[0].text == "(" and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def condition_of(merge: Merge) -> Condition:
    """Reads ON, also in parentheses."""
    pairs, others, is_open = [], 0, False
    todo = conjuncts(unwrapped(code(merge.on)))
    while todo:
        part = unwrapped(todo.pop(0))
        if len(more := conjuncts(part)) > 1:
            todo = [*more, *todo]
            continue
        pair = _pair(part, merge)
        if pair is not None:
            pairs.append(pair)
        else:
            others += 1
            is_open = is_open or any(merge.is_source(fold(t.text)) for t in part if t.kind in {"word", "quoted"})
    return Condition(tuple(pairs), others, is_open)


_VALUES = frozenset({"TRUE", "FALSE", "NULL", "CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME"})


def _pair(part: Tokens, merge: Merge) -> tuple[str, str] | None:
    at = next((i for i, t in enumerate(part) if t.text == "="), -1)
    if at < 0:
        return None
    left, right = column(part[:at]), column(part[at + 1 :])
    if left is None or right is None or left[1] in _VALUES or right[1] in _VALUES:
        return None
    if merge.is_target(left[0]) and not merge.is_target(right[0]):
        return left[1], right[1]
    if merge.is_target(right[0]) and not merge.is_target(left[0]):
        return right[1], left[1]
    return None


def repeats(program: Program, step: Step, inner: Inner, merge: Merge) -> Repeats | None:
    """Why the source may give a key twice; None where it cannot, or nothing is known."""
    on = condition_of(merge)
    if not on.pairs or on.is_open:
        return None
    reader = _Reader(program, step, inner)
    if merge.source_text:
        return reader.of_query(source_query(inner), on.source, {})
    return reader.of_name(merge.source, on.source, filtered=False) if merge.source is not None else None


@dataclass
class _Reader:
    program: Program
    step: Step
    inner: Inner
    seen: set[int] = field(default_factory=set)

    def of_query(self, query: Query, key: Key, common: dict[str, Tokens]) -> Repeats | None:
        common = {**common, **query.common}
        if len(query.selects) != 1:
            return None
        select = query.selects[0]
        below = _below(select, key)
        if select.clause("LIMIT") or (select.aggregates and not select.clause("GROUP")):
            return None
        if select.clause("QUALIFY"):
            return _windowed(select.clause("QUALIFY"), select.items, below)
        if select.distinct or select.clause("GROUP"):
            more = _told_apart_by_more(select, key)
            found = self._of_source(select, below, common) if more else None
            if found is None and select.distinct and not select.clause("GROUP") and self._is_unknown(select, common):
                return Repeats(f"DISTINCT keeps rows apart that differ in {more}") if more else None
            return Repeats(f"rows that differ in {more} are kept apart") if found is not None else None
        return self._of_source(select, below, common)

    def _is_unknown(self, select: Select, common: dict[str, Tokens]) -> bool:
        """Does it read tables that no file makes, or several of them: can no declaration make its rows unique?"""
        names = [r.name for r in select.relations if r.name is not None and r.name.last not in common]
        unknown = any(not self.program.find("relation", self.program.within(self.step, n), self.step) for n in names)
        return bool(names) and (unknown or len(select.relations) > 1)

    def _of_source(self, select: Select, below: Key | None, common: dict[str, Tokens]) -> Repeats | None:
        relations = select.relations
        if len(relations) != 1 or relations[0].lateral or below is None:
            return None
        inside = relations[0].inside
        name = relations[0].name
        if not inside and name is not None and len(name.parts) == 1 and name.last in common:
            inside = common[name.last]
            common = {k: v for k, v in common.items() if k != name.last}
        if inside:
            return self._of_inside(read_query(inside), select, below, common)
        return self.of_name(name, below, filtered=bool(select.clause("WHERE"))) if name is not None else None

    def _of_inside(self, query: Query, select: Select, key: Key, common: dict[str, Tokens]) -> Repeats | None:
        """A subquery; WHERE rn = 1 outside may keep one row of each window inside."""
        if len(query.selects) == 1 and select.clause("WHERE"):
            items = query.selects[0].items
            numbered = {
                item_name(item): item
                for item in items
                if words(item) & {"ROW_NUMBER", "RANK", "DENSE_RANK"} and "OVER" in words(item)
            }
            for part in conjuncts(select.clause("WHERE")):
                used = next(
                    (fold(t.text) for t in part if t.kind in {"word", "quoted"} and fold(t.text) in numbered), ""
                )
                if used:
                    return _windowed(numbered[used] + part[-2:], (), _below(query.selects[0], key))
        return self.of_query(query, key, common)

    def of_name(self, name: ObjectName, key: Key, *, filtered: bool) -> Repeats | None:
        """A table, view or stream of the program; nothing is known about any other."""
        made = self.program.find("relation", self.program.within(self.step, name), self.step)
        if len({m.step.kind for m in made}) != 1 or any(m.inside for m in made) or made[-1].step.index in self.seen:
            return None
        step = made[-1].step
        self.seen.add(step.index)
        if step.kind == "STREAM":
            return self._of_stream(step, key, filtered=filtered)
        if step.head.body and step.kind in {"VIEW", "DYNAMIC TABLE", "TABLE"}:
            self.step = step
            return self.of_query(read_query(code(step.head.body)), key, {})
        return self._of_table(name, key, filtered=filtered) if step.kind == "TABLE" else None

    def _of_stream(self, step: Step, key: Key, *, filtered: bool) -> Repeats | None:
        stream = next((s for s in streams_of(self.program).streams if s.step is step), None)
        if stream is None:
            return None
        table = tables_of(self.program).of(stream.source, step)
        shown = f"stream {stream.step.head.name}"
        if is_standard(stream) and not filtered and not tells_actions_apart(self.inner):
            return Repeats(f"{shown} gives two rows for one that was updated")
        if table is None or table.is_unique(key) or stream.source_kind != "TABLE":
            return None
        if is_added_to(self.program, stream) or not is_standard(stream):
            return Repeats(f"{shown} gives every row that was added, so a key may come several times between two runs")
        return None

    def _of_table(self, name: ObjectName, key: Key, *, filtered: bool) -> Repeats | None:
        tables = tables_of(self.program)
        full = self.program.within(self.step, name)
        table = tables.of(full, self.step)
        if table is None or table.is_unique(key) or not key <= table.columns.keys():
            return None
        writes = tables.writes(full, self.step)
        if any(w.verb == "MERGE" for w in writes):
            return None
        shown = f"table {name}"
        if _only_grows(writes) and not tables.hidden_writes(full) and not self._is_emptied(full):
            return Repeats(f"{shown} is only ever added to, so a key comes again with every load", not filtered)
        return Repeats(f"nothing makes {', '.join(sorted(key))} unique in {shown}")

    def _is_emptied(self, name: ObjectName) -> bool:
        """Is it temporary, or made inside a body?"""
        found = self.program.find("relation", name, self.step)
        return (
            any(m.step.head.modifiers & {"TEMPORARY", "TEMP", "VOLATILE"} or m.inside for m in found) or len(found) > 1
        )


def _only_grows(writes: list[Write]) -> bool:
    adds = [
        w
        for w in writes
        if w.verb in {"INSERT", "COPY"}
        and not w.inner.has("OVERWRITE")
        and w.step.kind in {"TASK", "PIPE", "PROCEDURE"}
    ]
    return bool(adds) and all(w.verb in {"INSERT", "COPY", "UPDATE"} and not w.inner.has("OVERWRITE") for w in writes)


def _below(select: Select, key: Key) -> Key | None:
    """The columns of the relation below that a key's columns are; None where one is computed or not to be found."""
    found = set()
    for name in key:
        item = next((i for i in select.items if item_name(i) == name), None)
        if item is None and any(has_star(i) for i in select.items):
            found.add(name)
            continue
        origin = _origin(item) if item is not None else ""
        if not origin:
            return None
        found.add(origin)
    return frozenset(found)


def _told_apart_by_more(select: Select, key: Key) -> str:
    """The columns beside the key by which DISTINCT or GROUP BY tells rows apart; empty where there are none, or not all are known."""
    if select.distinct and len(select.items) == 1 and has_star(select.items[0]):
        return "any column"
    items = select.items if select.distinct else tuple(split_at(select.clause("GROUP"), frozenset({","})))
    names = [item_name(item) if select.distinct else (column(item) or ("", ""))[1] for item in items]
    if not all(names):
        return ""
    origins = {name: item_name(item) for item in select.items if (name := _origin(item))}
    return ", ".join(sorted({n for n in names if n not in key and origins.get(n) not in key}))


_NO_COLUMNS = frozenset(
    {
        "AS",
        "INT",
        "DATE",
        "NULL",
        "TRUE",
        "FALSE",
        "DISTINCT",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "AND",
        "OR",
        "NOT",
        "IS",
    }
)


def _origin(item: Tokens) -> str:
    """The one column of which an item is computed (or that it is): CAST(A AS INT), TRIM(A), S.A:b::STRING; empty where there are others."""
    core = item[:-2] if len(item) > 2 and item[-2].upper == "AS" else item
    found: set[str] = set()
    at = 0
    while at < len(core):
        token, before = core[at], core[at - 1].upper or core[at - 1].text if at else ""
        behind = core[at + 1].text if at + 1 < len(core) else ""
        if token.kind == "variable":
            return ""
        if (
            token.kind in {"word", "quoted"}
            and behind != "("
            and before not in {":", "::", "AS"}
            and token.upper not in _NO_COLUMNS
        ):
            last = at
            while last + 2 < len(core) and core[last + 1].text == "." and core[last + 2].kind in {"word", "quoted"}:
                last += 2
            found.add(fold(core[last].text))
            at = last
            while at + 2 < len(core) and core[at + 1].text in {":", "."}:
                at += 2
        at += 1
    return found.pop() if len(found) == 1 else ""


def _windowed(tokens: Tokens, items: tuple[Tokens, ...], key: Key | None) -> Repeats | None:
    """What a filter by ROW_NUMBER keeps of a key; the window may stand in an item that the filter names."""
    if not words(tokens) & {"ROW_NUMBER", "RANK", "DENSE_RANK"}:
        named = {fold(t.text) for t in tokens if t.kind in {"word", "quoted"}}
        tokens = next((i for i in items if item_name(i) in named and "OVER" in words(i)), ())
    found = words(tokens)
    if found & {"RANK", "DENSE_RANK"} and "ROW_NUMBER" not in found:
        return Repeats("RANK keeps every row of a tie")
    if "ROW_NUMBER" not in found or key is None:
        return None
    partition = _partition(tokens)
    if partition is None:
        return None
    more = sorted(partition - key)
    return (
        Repeats(f"one row is kept for each {', '.join(sorted(partition))}, but ON does not compare {', '.join(more)}")
        if more
        else None
    )


def _partition(tokens: Tokens) -> Key | None:
    """The plain columns of PARTITION BY; None where it has others."""
    upper = [t.upper for t in tokens]
    if "PARTITION" not in upper:
        return None
    first = upper.index("PARTITION") + 2
    last = next((i for i in range(first, len(tokens)) if upper[i] in {"ORDER", ")", "("}), len(tokens))
    if last < len(tokens) and upper[last] == "(":
        return None
    found: set[str] = set()
    part: list[Token] = []
    for token in (*tokens[first:last], None):
        if token is None or token.text == ",":
            plain = column(tuple(part))
            if plain is None:
                return None
            found.add(plain[1])
            part = []
        else:
            part.append(token)
    return frozenset(found)
