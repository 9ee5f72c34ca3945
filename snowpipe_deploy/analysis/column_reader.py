"""One query or DML statement against the columns of what it names: what is wrong, and what its columns are made of.

Trees are read by the keys of their nodes, so that sqlglot is imported only when a tree is wanted. Nothing is claimed where something
is not known: a relation that no file makes, a star over one, a pivot.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from snowpipe_deploy.analysis.fields import Field, Origin, Relation
from snowpipe_deploy.analysis.program import Step, complete
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.types import DataType, parse_type

# broken SQL that still parses gives trees of any shape; of those nothing is claimed
OTHER_SHAPE = (AttributeError, IndexError, KeyError, TypeError, RecursionError)
Node = Any  # a node of sqlglot's tree: its own annotations are incomplete
_FLATTEN = ("SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS")
_QUERIES = frozenset({"select", "union", "except", "intersect", "subquery", "values"})
# names that are no columns wherever they stand
_PSEUDO = frozenset({
    "SYSDATE", "LEVEL", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "CURRENT_USER",
    "CURRENT_ROLE", "CURRENT_SCHEMA", "CURRENT_DATABASE", "CURRENT_WAREHOUSE", "CURRENT_ACCOUNT", "CURRENT_SESSION",
    "SQLROWCOUNT", "SQLFOUND", "SQLNOTFOUND", "SQLID", "SQLERRM", "SQLCODE", "SQLSTATE", "ACTIVITY_COUNT", "ROWNUM", "DEFAULT",
    "CONNECT_BY_ROOT", "PRIOR", "NULL", "TRUE", "FALSE", "NEXTVAL",
})  # fmt: skip
_DATE_PARTS = frozenset({
    "YEAR", "YEARS", "YYYY", "QUARTER", "MONTH", "MONTHS", "MM", "MON", "WEEK", "WEEKS", "DAY", "DAYS", "DD", "D", "HOUR", "HOURS",
    "HH", "MINUTE", "MINUTES", "MI", "SECOND", "SECONDS", "SS", "MILLISECOND", "MICROSECOND", "NANOSECOND", "EPOCH", "DOW", "DOY",
    "DAYOFWEEK", "DAYOFYEAR", "WEEKISO", "EPOCH_SECOND", "EPOCH_MILLISECOND",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lineage:
    """A column of a relation, what one statement makes it of, and that statement."""

    target: ObjectName
    column: str
    origins: frozenset[Origin]
    step: Step


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong about columns. `what` is column, alias, ambiguous, count, swapped or type; `at` is an offset in the step's text."""

    what: str
    step: Step
    at: int
    message: str
    hint: str = ""


Named = Callable[[ObjectName, Step], Relation | None]  # the columns that a completed name has, asked from a step


@dataclass
class _Scope:
    """The sources of one SELECT (or DML): alias and columns, None where they are not known; and its own aliases."""

    sources: list[tuple[str, Relation | None]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)  # the columns of USING, and "*" after a NATURAL JOIN
    tables: dict[str, ObjectName] = field(default_factory=dict)  # the relation behind an alias, where it is no query

    @property
    def known(self) -> bool:
        return all(relation is not None for _, relation in self.sources)

    def holds(self, name: str) -> bool:
        return name in self.aliases or any(r is not None and name in r.names for _, r in self.sources)

    def twice(self, name: str) -> list[str]:
        """The sources that surely have a column of this name, where it could be either's."""
        if name in self.merged | self.aliases or "*" in self.merged:
            return []
        having = [a for a, r in self.sources if r is not None and any(f.name == name for f in r.fields)]
        return having if len(having) > 1 else []

    def source(self, alias: str) -> Relation | None:
        return next((r for a, r in self.sources if a == alias), None)

    def has(self, alias: str) -> bool:
        return any(a == alias for a, _ in self.sources)


Env = dict[str, Relation | None]


def _name(identifier: Node) -> str:
    """An identifier as Snowflake stores it."""
    text = str(identifier.this)
    return text if identifier.args.get("quoted") else text.upper()


class Reader:
    """Walks one tree; collects problems with their places."""

    def __init__(
        self,
        named: Named,
        scope: tuple[str, str],
        step: Step,
        at: int,
        variables: frozenset[str],
        *,
        in_block: bool = False,
    ) -> None:
        self.named, self.scope, self.step, self.at, self.variables, self.in_block = (
            named,
            scope,
            step,
            at,
            variables,
            in_block,
        )
        self.problems: list[Problem] = []
        self.lineage: list[Lineage] = []

    def statement(self, tree: Node) -> None:
        match tree.key:
            case "insert":
                self.insert(tree)
            case "merge":
                self.merge(tree)
            case "update":
                self.update(tree)
            case "delete":
                self.delete(tree)
            case _ if tree.key in _QUERIES:
                self.query(tree, {}, ())
            case _:
                self.expression(tree, {}, ())

    # -- queries -----------------------------------------------------------------------------------------------------

    def query(self, node: Node, env: Env, outer: tuple[_Scope, ...]) -> Relation | None:
        env = self.with_(node, env, outer)
        match node.key:
            case "select":
                return self.select(node, env, outer)
            case "union" | "except" | "intersect":
                return self.set_operation(node, env, outer)
            case "subquery":
                return self.query(node.this, env, outer)
            case _:
                return None

    def with_(self, node: Node, env: Env, outer: tuple[_Scope, ...]) -> Env:
        clause = node.args.get("with_")
        if clause is None:
            return env
        found = dict(env)
        for cte in clause.expressions:
            alias = cte.args["alias"]
            name, listed = _name(alias.this), [_name(c) for c in alias.args.get("columns") or ()]
            if clause.args.get("recursive"):
                found[name] = Relation(tuple(map(Field, listed))) if listed else None
            result = self.query(cte.this, found, outer)
            found[name] = (
                Relation(tuple(map(Field, listed))) if listed else result if not clause.args.get("recursive") else None
            )
        return found

    def set_operation(self, node: Node, env: Env, outer: tuple[_Scope, ...]) -> Relation | None:
        left, right = self.query(node.this, env, outer), self.query(node.expression, env, outer)
        if (
            left is not None
            and right is not None
            and len(left.fields) != len(right.fields)
            and not node.args.get("by_name")
        ):
            words = {"union": "UNION", "except": "EXCEPT", "intersect": "INTERSECT"}[node.key]
            self.problem(
                "count", node.expression, f"one side of {words} gives {len(left.fields)} columns, the other {len(right.fields)}",
                "give both the same columns",
            )  # fmt: skip
        return left

    def select(self, node: Node, env: Env, outer: tuple[_Scope, ...]) -> Relation | None:
        scope = _Scope()
        inside = (scope, *outer)
        from_ = node.args.get("from_")
        for item in (
            *([from_.this] if from_ else ()),
            *(node.args.get("joins") or ()),
            *(node.args.get("laterals") or ()),
        ):
            self.source(item, env, scope, outer)
        scope.aliases = {
            _name(e.args["alias"]) for e in node.expressions if e.key == "alias" and e.args.get("alias") is not None
        }
        joined = node.args.get("connect") is not None or node.args.get("match") is not None
        for part in self.parts(node):
            self.expression(part, env, inside)
        return None if joined else self.result(node, scope)

    def parts(self, node: Node) -> Iterator[Node]:
        """The expressions of a SELECT, its sources left out."""
        yield from node.expressions
        for word in ("where", "group", "having", "qualify", "order", "distinct"):
            if (part := node.args.get(word)) is not None:
                yield part

    def source(self, item: Node, env: Env, scope: _Scope, outer: tuple[_Scope, ...]) -> None:
        join = item if item.key == "join" else None
        node = item.this if join is not None else item
        alias = node.args.get("alias")
        name = _name(alias.this) if alias is not None and getattr(alias, "this", None) is not None else ""
        listed = [_name(c) for c in (alias.args.get("columns") or ())] if alias is not None else []
        relation = self.relation(node, env, (scope, *outer))
        if node.args.get("pivots") or node.args.get("match"):
            relation = None
        elif listed and node.key != "lateral":
            relation = Relation(tuple(map(Field, listed)))
        alias_name = name or self.table_name(node)
        scope.sources.append((alias_name, relation))
        if node.key == "table" and (table := self.full_name(node)) is not None and table.last not in env:
            scope.tables[alias_name] = table
        for inner in node.args.get("joins") or ():
            self.source(inner, env, scope, outer)
        for inner in node.args.get("laterals") or ():
            self.source(inner, env, scope, outer)
        if join is not None:
            scope.merged |= {_name(c if c.key == "identifier" else c.this) for c in join.args.get("using") or ()}
            scope.merged |= {"*"} if str(join.args.get("method") or "").upper() in {"NATURAL", "ASOF"} else set()
        if join is not None and join.args.get("on") is not None:
            self.expression(join.args["on"], env, (scope, *outer))

    def table_name(self, node: Node) -> str:
        return (
            _name(node.this) if node.key == "table" and node.this is not None and node.this.key == "identifier" else ""
        )

    def full_name(self, node: Node) -> ObjectName | None:
        """The completed name of a table node; None for functions, stages and variables."""
        if node.this is None or node.this.key != "identifier":
            return None
        parts = (node.args.get("catalog"), node.args.get("db"), node.this)
        names = tuple(_name(p) for p in parts if p is not None and p.key == "identifier")
        return complete(ObjectName(names), "TABLE", *self.scope)

    def relation(self, node: Node, env: Env, scopes: tuple[_Scope, ...]) -> Relation | None:
        match node.key:
            case "table" if (name := self.full_name(node)) is not None:
                if node.args.get("db") is None and _name(node.this) in env:
                    return env[_name(node.this)]
                return _from(name, self.named(name, self.step))
            case "subquery" | "select" | "union":
                # a lateral subquery sees what stands before it; any other only what is outside
                return self.query(node, env, scopes)
            case "lateral":
                self.expression(node.this, env, scopes)
                flattens = "explode" in node.this.key or "flatten" in node.this.key
                return Relation(tuple(map(Field, _FLATTEN))) if flattens else None
            case _:
                return None

    def result(self, node: Node, scope: _Scope) -> Relation | None:
        found: list[Field] = []
        for expression in node.expressions:
            star = expression if expression.key == "star" else expression.this if _is_star(expression) else None
            if star is None:
                found.append(self.field(expression, scope))
                continue
            if star.args.get("ilike") or star.args.get("replace"):
                return None
            alias = _name(expression.args["table"]) if star is not expression else ""
            expanded = self.expand(star, alias, scope)
            if expanded is None:
                return None
            found += expanded
        return Relation(tuple(found))

    def expand(self, star: Node, alias: str, scope: _Scope) -> list[Field] | None:
        sources = [r for a, r in scope.sources if not alias or a == alias]
        if not sources or any(r is None for r in sources):
            return None
        without = {_name(c.this) if c.key == "column" else _name(c) for c in star.args.get("except_") or ()}
        renamed = {
            _name(a.this.this if a.this.key == "column" else a.this): _name(a.args["alias"])
            for a in star.args.get("rename") or ()
        }
        fields = [f for r in sources if r is not None for f in r.fields if f.name not in without]
        return [replace(f, name=renamed.get(f.name, f.name)) for f in fields]

    def field(self, expression: Node, scope: _Scope) -> Field:
        inner = expression.this if expression.key == "alias" else expression
        alias = expression.args.get("alias") if expression.key == "alias" else None
        name = _name(alias) if alias is not None and alias.key == "identifier" else ""
        if inner.key == "column" and inner.this.key == "identifier":
            name = name or _name(inner.this)
        return Field(name, self.type_of(inner, scope), origins=self.origins(inner, scope))

    def origins(self, node: Node, scope: _Scope) -> frozenset[Origin]:
        """The columns of relations that an expression reads, those of nested queries left out."""
        found: set[Origin] = set()
        todo = [node]
        while todo:
            one = todo.pop()
            if one.key in _QUERIES:
                continue
            if one.key == "column" and getattr(one.this, "key", "") == "identifier":
                found |= _origins_of(one, scope)
            else:
                todo += list(one.iter_expressions())
        return frozenset(found)

    def type_of(self, node: Node, scope: _Scope) -> DataType | None:
        match node.key:
            case "column" if node.this.key == "identifier":
                table = node.args.get("table")
                sources = [r for a, r in scope.sources if table is None or a == _name(table)]
                found = [f for r in sources if r is not None and (f := r.find(_name(node.this))) is not None]
                return found[0].type if len(found) == 1 else None
            case "cast" | "trycast":
                try:
                    return parse_type(node.args["to"].sql(dialect="snowflake"))
                except ValueError:
                    return None
            case "paren":
                return self.type_of(node.this, scope)
            case "literal":
                return DataType("VARCHAR", (1,)) if node.args.get("is_string") else DataType("NUMBER", (38, 0))
            case "currenttimestamp":
                return DataType("TIMESTAMP_LTZ", (9,))
            case "currentdate":
                return DataType("DATE")
            case "boolean":
                return DataType("BOOLEAN")
            case "count":
                return DataType("NUMBER", (18, 0))
            case _:
                return None

    # -- expressions -------------------------------------------------------------------------------------------------

    def expression(self, node: Node, env: Env, scopes: tuple[_Scope, ...]) -> None:
        todo = [node]
        while todo:
            one = todo.pop()
            if one.key in _QUERIES:
                self.query(one, env, scopes)
                continue
            if one.key == "column":
                self.column(one, scopes)
                continue
            if one.key == "lambda":
                continue
            todo += list(one.iter_expressions())

    def column(self, node: Node, scopes: tuple[_Scope, ...]) -> None:
        if node.this is None or node.this.key != "identifier":
            return
        name, table = _name(node.this), node.args.get("table")
        if name.startswith("METADATA$") and not any(s.sources for s in scopes):
            return
        if name in _PSEUDO or name in self.variables or "__" in name or name.startswith("$"):
            return
        if table is not None:
            self.qualified(node, _name(table), name, scopes)
        elif both := next((s.twice(name) for s in scopes if s.holds(name)), []):
            names = " and ".join(a or "a query" for a in both)
            self.problem(
                "ambiguous", node.this, f"{quote(name)} is a column of {names}", f"say which: {both[0]}.{quote(name)}"
            )
        elif (
            all(scope.known for scope in scopes)
            and any(s.sources for s in scopes)
            and not any(s.holds(name) for s in scopes)
        ):
            if name in _DATE_PARTS and not self.in_select_list(node):
                return
            known = [n for scope in scopes for _, r in scope.sources if r is not None for n in r.names]
            of = " and ".join(sorted({a for a, _ in scopes[0].sources if a})) or "its sources"
            self.problem("column", node.this, f"{quote(name)} is no column of {of}", did_you_mean(name, known))

    def in_select_list(self, node: Node) -> bool:
        return node.parent is not None and node.parent.key in {"select", "alias", "eq"}

    def qualified(self, node: Node, alias: str, name: str, scopes: tuple[_Scope, ...]) -> None:
        if node.args.get("db") is not None or alias in self.variables:
            return
        for scope in scopes:
            if scope.has(alias):
                relation = scope.source(alias)
                if relation is not None and name not in relation.names:
                    self.problem(
                        "column",
                        node.this,
                        f"{quote(name)} is no column of {alias}",
                        did_you_mean(name, relation.names),
                    )
                return
        if self.in_block or not all(scope.known for scope in scopes) or any(s.holds(alias) for s in scopes):
            return
        aliases = [a for scope in scopes for a, _ in scope.sources if a]
        if aliases:
            self.problem(
                "alias", node.args["table"], f"{alias} is no table of this query", did_you_mean(alias, aliases)
            )

    def problem(self, what: str, node: Node, message: str, hint: str) -> None:
        start = next((n.meta["start"] for n in node.walk() if "start" in n.meta), 0)
        self.problems.append(Problem(what, self.step, self.at + start, message, hint))

    # -- DML ---------------------------------------------------------------------------------------------------------

    def target(self, node: Node) -> tuple[str, Relation | None]:
        alias = node.args.get("alias")
        name = _name(alias.this) if alias is not None else self.table_name(node)
        return name, self.relation(node, {}, ())

    def insert(self, tree: Node) -> None:
        env = self.with_(tree, {}, ())
        target, expression = tree.this, tree.args.get("expression")
        listed: list[Node] = []
        if target is not None and target.key == "schema":
            listed, target = list(target.expressions), target.this
        if target is None or target.key != "table":
            return
        _, relation = self.target(target)
        given: Relation | None = None
        if expression is not None and expression.key in _QUERIES - {"values"}:
            given = self.query(expression, env, ())
        names = [_name(i if i.key == "identifier" else i.this) for i in listed if i.key in {"identifier", "column"}]
        if relation is not None:
            self.listed(listed, relation, self.table_name(target))
        self.counted(tree, names, relation, expression, given)
        wanted = names or ([f.name for f in relation.fields] if relation is not None and not relation.extra else [])
        if given is not None and len(given.fields) == len(wanted):
            self.goes(target, zip(wanted, (f.origins for f in given.fields), strict=True))
            self.positions(expression, wanted, given, relation, bool(names))

    def goes(self, target: Node, pairs: Iterable[tuple[str, frozenset[Origin]]]) -> None:
        """Notes what goes into the columns of a table."""
        if (name := self.full_name(target)) is not None:
            self.lineage += [Lineage(name, column, origins, self.step) for column, origins in pairs if origins]

    def listed(self, identifiers: Iterable[Node], relation: Relation, table: str) -> None:
        for node in identifiers:
            identifier = node if node.key == "identifier" else node.this
            if _name(identifier) not in relation.names:
                self.problem(
                    "column", identifier, f"{quote(_name(identifier))} is no column of {table}", did_you_mean(_name(identifier), relation.names)
                )  # fmt: skip

    def counted(
        self, tree: Node, names: list[str], relation: Relation | None, expression: Node, given: Relation | None
    ) -> None:
        wanted = len(names) or (len(relation.fields) if relation is not None and not relation.extra else 0)
        if not wanted or expression is None:
            return
        of = "the column list has" if names else f"{self.table_name(tree.this)} has"
        if expression.key == "values":
            for row in expression.expressions:
                count = len(row.expressions) if row.key == "tuple" else 1
                if count != wanted:
                    self.problem(
                        "count", row, f"{of} {wanted} columns, but VALUES gives {count}", "give a value for each column"
                    )
                    return
        elif given is not None and len(given.fields) != wanted:
            self.problem(
                "count",
                expression,
                f"{of} {wanted} columns, but the query gives {len(given.fields)}",
                "give one for each column",
            )

    def positions(
        self, query: Node, wanted: list[str], given: Relation, relation: Relation | None, listed: bool
    ) -> None:
        """Columns whose names stand in each other's places, and types that cannot be stored."""
        names = [f.name for f in given.fields]
        select = query
        while select.key in {"union", "subquery", "except", "intersect"}:
            select = select.this
        places = select.expressions if len(select.expressions) == len(wanted) else [query] * len(wanted)
        for i, name in enumerate(names):
            j = wanted.index(name) if name in wanted and wanted.count(name) == 1 else i
            if i < j and names[j] == wanted[i]:
                self.problem(
                    "swapped", places[i], f"{quote(name)} goes into {quote(wanted[i])} and {quote(names[j])} into {quote(wanted[j])}",
                    "put the columns into the same order on both sides",
                )  # fmt: skip
        for column, source, place in zip(wanted, given.fields, places, strict=True):
            target = relation.find(column) if relation is not None else None
            if target is not None and _cannot_hold(target.type, source.type):
                self.problem(
                    "type", place, f"{quote(column)} is {target.type}, but gets {source.name or 'a value'} of type {source.type}",
                    "cast it, or put the columns into order",
                )  # fmt: skip
        del listed

    def merge(self, tree: Node) -> None:
        env = self.with_(tree, {}, ())
        scope = _Scope()
        scope.sources.append(self.target(tree.this))
        self.source(tree.args["using"], env, scope, ())
        self.expression(tree.args["on"], env, (scope,))
        relation, table = scope.sources[0][1], self.table_name(tree.this)
        for when in tree.args["whens"].expressions:
            if when.args.get("condition") is not None:
                self.expression(when.args["condition"], env, (scope,))
            then = when.args.get("then")
            if then is None:
                continue
            if then.key == "update":
                self.assignments(then.expressions, relation, table, env, scope)
                self.goes(tree.this, self.assigned(then.expressions, scope))
            elif then.key == "insert":
                self.merge_insert(then, relation, table, env, scope)
                self.goes(tree.this, self.inserted(then, scope))

    def assigned(self, pairs: Iterable[Node], scope: _Scope) -> Iterator[tuple[str, frozenset[Origin]]]:
        for pair in pairs:
            if pair.key == "eq" and pair.this.key == "column" and pair.this.this.key == "identifier":
                yield _name(pair.this.this), self.origins(pair.expression, scope)

    def inserted(self, then: Node, scope: _Scope) -> Iterator[tuple[str, frozenset[Origin]]]:
        columns = list(then.this.expressions) if then.this is not None and then.this.key == "tuple" else []
        given = then.args.get("expression")
        values = list(given.expressions) if given is not None and given.key == "tuple" else []
        if len(columns) == len(values):
            for column, value in zip(columns, values, strict=True):
                yield _name(column if column.key == "identifier" else column.this), self.origins(value, scope)

    def assignments(self, pairs: list[Node], relation: Relation | None, table: str, env: Env, scope: _Scope) -> None:
        for pair in pairs:
            if pair.key != "eq":
                continue
            if relation is not None and pair.this.key == "column" and pair.this.this.key == "identifier":
                self.listed([pair.this.this], relation, table)
            self.expression(pair.expression, env, (scope,))
        self.exchanged([(p.this, p.expression) for p in pairs if p.key == "eq"], scope)

    def exchanged(self, pairs: list[tuple[Node, Node]], scope: _Scope) -> None:
        """Two columns that get each other's value from another relation, by name."""
        own = scope.sources[0][0] if scope.sources else ""
        given = {
            _name(to if to.key == "identifier" else to.this): value
            for to, value in pairs
            if value.key == "column" and value.table and _name(value.args["table"]) != own
        }
        for place, (name, value) in enumerate(given.items()):
            other, back = _name(value.this), given.get(_name(value.this))
            if back is None or other == name or _name(back.this) != name or back.table != value.table:
                continue
            if place < list(given).index(other):
                message = f"{quote(other)} goes into {quote(name)} and {quote(name)} into {quote(other)}"
                self.problem("swapped", value, message, "give each column its own value")

    def merge_insert(self, then: Node, relation: Relation | None, table: str, env: Env, scope: _Scope) -> None:
        listed = list(then.this.expressions) if then.this is not None and then.this.key == "tuple" else []
        values = (
            list(then.expression.expressions)
            if then.args.get("expression") is not None and then.expression.key == "tuple"
            else []
        )
        columns = [n for n in listed if n.key in {"column", "identifier"}]
        if relation is not None:
            self.listed(columns, relation, table)
        source = _Scope(scope.sources[1:])
        if len(columns) == len(values):
            self.exchanged(list(zip(columns, values, strict=True)), scope)
        for value in values:
            self.expression(value, env, (source,) if source.sources else (scope,))
        if listed and values and len(listed) != len(values):
            self.problem(
                "count",
                then.expression,
                f"INSERT names {len(listed)} columns, but VALUES gives {len(values)}",
                "give one for each column",
            )

    def update(self, tree: Node) -> None:
        env = self.with_(tree, {}, ())
        scope = _Scope()
        scope.sources.append(self.target(tree.this))
        from_ = tree.args.get("from_")
        if from_ is not None:
            self.source(from_.this, env, scope, ())
        for join in tree.args.get("joins") or ():
            self.source(join, env, scope, ())
        self.assignments(tree.expressions, scope.sources[0][1], self.table_name(tree.this), env, scope)
        self.goes(tree.this, self.assigned(tree.expressions, scope))
        if tree.args.get("where") is not None:
            self.expression(tree.args["where"], env, (scope,))

    def delete(self, tree: Node) -> None:
        scope = _Scope()
        if tree.this is None or tree.this.key != "table":
            return
        scope.sources.append(self.target(tree.this))
        for item in tree.args.get("using") or ():
            self.source(item, {}, scope, ())
        if tree.args.get("where") is not None:
            self.expression(tree.args["where"], {}, (scope,))


def _from(name: ObjectName, relation: Relation | None) -> Relation | None:
    """The columns of a relation, each with itself as its origin."""
    if relation is None:
        return None
    own, extra = (
        tuple(replace(f, origins=frozenset({(name, f.name)})) for f in fields)
        for fields in (relation.fields, relation.extra)
    )
    return Relation(own, extra)


def _origins_of(column: Node, scope: _Scope) -> frozenset[Origin]:
    """Where one column comes from: what its source says, or the source itself where its columns are not known."""
    name, table = _name(column.this), column.args.get("table")
    alias = _name(table) if table is not None else None
    for source, relation in scope.sources:
        if alias is not None and source != alias:
            continue
        if relation is not None:
            if (found := relation.find(name)) is not None:
                return found.origins
        elif (alias is not None or len(scope.sources) == 1) and source in scope.tables:
            return frozenset({(scope.tables[source], name)})
    return frozenset()


def _is_star(node: Node) -> bool:
    return node.key == "column" and getattr(node.this, "key", "") == "star"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted({k for k in known if k}), 1, 0.6)
    return f"did you mean {quote(close[0])}?" if close else "correct the name, or add the column"


_TIMES = frozenset({"DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"})
_NUMBERS = frozenset({"NUMBER", "FLOAT"})


def _cannot_hold(target: DataType | None, source: DataType | None) -> bool:
    """Pairs that Snowflake never converts by itself; what depends on the value is left alone."""
    if target is None or source is None:
        return False
    pairs: tuple[tuple[Callable[[str], bool], Callable[[str], bool]], ...] = (
        (_NUMBERS.__contains__, _TIMES.__contains__),
        (_TIMES.__contains__, _NUMBERS.__contains__),
        (_TIMES.__contains__, "BOOLEAN".__eq__),
        ("BOOLEAN".__eq__, _TIMES.__contains__),
    )
    return any(left(target.base) and right(source.base) for left, right in pairs)
