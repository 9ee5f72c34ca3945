"""Tables: changed column by column, never dropped and made again for an edit."""

import re
from dataclasses import replace

from snowpipe_deploy.analysis.uses import clause_uses
from snowpipe_deploy.kind import (
    ARGUMENTS,
    BODY,
    KIND_WORDS,
    Alteration,
    Facts,
    Kind,
    Row,
    Shown,
    alter_clauses,
    full_name,
    referenced,
    retention,
    show_key,
    side_by_side,
    text_of,
    within,
)
from snowpipe_deploy.kind import read as read_clauses
from snowpipe_deploy.model import Change, Hazard, ObjectKey, Reading, Reference, Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.sqltext.clauses import head as read_head
from snowpipe_deploy.sqltext.clauses._policies import policy_name, tag_changes
from snowpipe_deploy.sqltext.clauses.table import Column, columns
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import normalized
from snowpipe_deploy.types import DataType, parse_type

_WIDENS = frozenset({"VARCHAR", "NUMBER"})


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "kind", "comment", "cluster_by", "retention_time")


def _read(head: Head, schema: str | None) -> Reading:
    """Columns one by one, so that a change names the column."""
    found = {k: v for k, v in read_clauses(head, schema).items() if k != ARGUMENTS}
    if head.arguments is not None:
        made, constraints = columns(head.arguments)
        found |= {f"column {column}": str(_spelled(column)) for column in made}
        found["column order"] = tuple(str(column) for column in made)
        if constraints:
            found["constraints"] = constraints
    return found


def _references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    """Also the sequences that defaults draw from, and the tables behind REFERENCES."""
    found = [Reference(use.kind, within(schema, str(use.name)), "reads") for use in clause_uses(head)]
    return (*referenced(head, schema), *found)


def _spelled(column: Column) -> str:
    parts = [str(column.type), "NULL" if column.nullable else "NOT NULL"]
    if column.default:
        parts.append(f"DEFAULT {column.default}")
    if column.identity:
        parts.append(f"AUTOINCREMENT {column.identity}")
    if column.constraint:
        parts.append(column.constraint)
    if column.comment:
        parts.append(f"COMMENT {literal(column.comment)}")
    if column.policy:
        parts.append(f"WITH MASKING POLICY {column.policy}")
    if column.tags:
        parts.append(f"WITH TAG {column.tags}")
    return " ".join(parts)


def _shape(spelled: str) -> Column:
    """Type, nullability and comment, from our spelling of a column or from that of a fact; the rest is not in SHOW."""
    cursor = Cursor(spelled)
    start = cursor.peek().start
    cursor.take()
    if cursor.peek().text == "(":
        cursor.parens()
    kind = parse_type(spelled[start : cursor.tokens[cursor.at - 1].end])
    nullable = not cursor.accept("NOT", "NULL")
    last = cursor.tokens[-1]
    return Column("", kind, nullable, comment=last.value if last.kind == "string" and _is_comment(cursor) else "")


def _is_comment(cursor: Cursor) -> bool:
    """The last text of our spelling follows COMMENT, that of a fact stands alone."""
    return len(cursor.tokens) - cursor.at == 1 or cursor.tokens[-2].upper == "COMMENT"


def _told(column: Column, *, sized: bool) -> str:
    kind = str(column.type) if sized else column.type.base
    return f"{kind}{'' if column.nullable else ' NOT NULL'}{' ' + literal(column.comment) if column.comment else ''}"


def _keyed(reading: Reading) -> set[str]:
    """The columns of a primary key that stands below the columns: they are NOT NULL (reference F.7)."""
    found: set[str] = set()
    for text in reading.get("constraints", ()):
        cursor = Cursor(text)
        if cursor.accept("CONSTRAINT"):
            cursor.take()
        if cursor.accept("PRIMARY", "KEY"):
            found |= {str(name) for name in Cursor(cursor.parens()).names()}
    return found


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = {**side_by_side(reading, facts, comment="COMMENT"), **retention(reading, facts)}
    if "cluster_by" in facts:
        live = normalized(facts["cluster_by"].removeprefix("LINEAR"))
        found["cluster_by"] = Shown("CLUSTER BY", str(reading.get("CLUSTER BY", "")), live)
    if "kind" in facts:
        wanted = next(iter(reading.get(KIND_WORDS, ())), "TABLE")
        found["kind"] = Shown(KIND_WORDS, wanted, facts["kind"])
    if BODY in reading and "column order" not in reading:
        return found  # its columns are those of the query
    keyed = _keyed(reading)
    for fact in sorted({*facts, *reading}):
        if not fact.startswith("column ") or fact == "column order":
            continue
        wanted, live = "", facts.get(fact, "")
        sized = "(" in live.partition(" ")[0] or not live
        if fact in reading:
            shape = _shape(str(reading[fact]))
            shape = replace(shape, nullable=shape.nullable and fact.removeprefix("column ") not in keyed)
            wanted = _told(shape, sized=sized)
        found[fact] = Shown(fact, wanted, _told(_shape(live), sized=sized) if live else "")
        if wanted and live:
            found |= _filled(fact, str(reading[fact]), facts)
    return found


def _filled(fact: str, spelled: str, facts: Facts) -> dict[str, Shown]:
    """Default and identity of a column: facts of their own, because an older record has none."""
    name, wanted = fact.removeprefix("column "), _rest(spelled)
    found = {}
    for word in ("default", "identity"):
        live = normalized(facts.get(f"{word} {name}", ""))
        if wanted[word] or live:
            found[f"{word} {name}"] = Shown(fact, wanted[word], live)
    return found


def _rest(spelled: str) -> dict[str, str]:
    """Default, identity and constraint as `_spelled` writes them."""
    text = re.sub(r" COMMENT '(?:[^']|'')*'$", "", spelled)
    found = {"default": "", "identity": "", "constraint": ""}
    if match := re.search(r" (PRIMARY KEY|UNIQUE|REFERENCES .*)$", text):
        found["constraint"], text = match[1], text[: match.start()]
    if match := re.search(r" AUTOINCREMENT (\d+ \d+)$", text):
        found["identity"], text = match[1], text[: match.start()]
    if match := re.search(r" DEFAULT (.*)$", text, re.DOTALL):
        found["default"] = match[1]
    return found


def _unseen(reading: Reading) -> tuple[str, ...]:
    """Constraints are not in the facts; Snowflake enforces none of them but NOT NULL."""
    named = [
        f"{_rest(str(text))['constraint']} of {word}"
        for word, text in reading.items()
        if word.startswith("column ") and word != "column order" and _rest(str(text))["constraint"]
    ]
    return (*sorted(named), *(("the constraints below the columns",) if "constraints" in reading else ()))


def _as_live(before: dict[str, Column], change: Change) -> dict[str, Column]:
    """Columns that somebody changed outside: an ALTER starts from what is there."""
    facts = change.observed.facts if change.observed else {}
    found = dict(before)
    for name, column in before.items():
        fact = f"column {name}"
        if (
            fact in change.clauses
            and facts.get(fact)
            and fact in change.before
            and change.before[fact] != _spelled(column)
        ):
            shape = _shape(facts[fact])
            sized = "(" in facts[fact].partition(" ")[0]
            kind = column.type if not sized and shape.type.base == column.type.base else shape.type
            found[name] = replace(column, type=kind, nullable=shape.nullable, comment=shape.comment)
    return found


def _columns(head: Head) -> dict[str, Column]:
    return {str(column): column for column in columns(head.arguments or "")[0]}


def renamed_columns(desired: Head, before: Reading) -> dict[str, str]:
    """New to old names, as SQL, of the columns whose line says `-- snowdeploy: was OLD`, where that has yet to be done."""
    found = {str(column): quote(column.was) for column in columns(desired.arguments or "")[0] if column.was}
    return {
        new: old
        for new, old in found.items()
        if f"column {old}" in before and f"column {new}" not in before and old not in _columns(desired)
    }


def alter(change: Change, scope: Scope) -> Alteration:
    """Add, widen, nullability, comments and properties in place; dropping a column needs consent."""
    if change.desired is None or change.recorded is None:
        raise ValueError(f"{change.key}: an alteration needs both sides")
    if BODY in change.clauses or KIND_WORDS in change.clauses or "constraints" in change.clauses:
        what = {BODY: "its AS query", KIND_WORDS: "transient or permanent"}.get(
            next(c for c in change.clauses if c in {BODY, KIND_WORDS, "constraints"}), "its constraints"
        )
        return Alteration(refuse=f"{what} cannot be changed in place: make a new table, copy the rows, swap the names")
    wanted = _columns(change.desired.head)
    before = _as_live(_columns(read_head(change.recorded.text)), change)
    target = f"ALTER TABLE {full_name(change, scope)}"
    statements: list[str] = []
    hazards: list[Hazard] = []
    seen = (
        {fact.removeprefix("column ") for fact in change.observed.facts if fact.startswith("column ")}
        if change.observed
        else set()
    )
    for new, old in renamed_columns(change.desired.head, change.before).items():
        if new not in seen:  # else a deployment that was cut short had come so far
            statements.append(f"{target} RENAME COLUMN {old} TO {new}")
        before = {(new if name == old else name): column for name, column in before.items()}
        before[new] = replace(before[new], name=wanted[new].name)
        seen = {new if name == old else name for name in seen}
    for name, column in wanted.items():
        if name not in before and name in seen:
            continue  # a deployment that was cut short had come so far
        if name not in before:
            if not column.nullable and not column.default and not column.identity:
                return Alteration(
                    refuse=f"new column {name} is NOT NULL without a default: Snowflake refuses it on rows that exist"
                )
            statements.append(
                f"{target} ADD COLUMN {name} {_spelled(column).replace(' NULL', '', 1) if column.nullable else _spelled(column)}"
            )
        elif column != before[name]:
            made = _modified(target, name, before[name], column)
            if isinstance(made, str):
                return Alteration(refuse=made)
            statements += [*made, *_governance(change, scope, target, name, before[name], column)]
    for name in before:
        if name not in wanted and (name in seen or not seen):
            statements.append(f"{target} DROP COLUMN {name}")
            hazards.append(
                Hazard("deletes-data", f"{change.key.name}.{name}", f"column {name} and its values are gone")
            )
    kept = [name for name in before if name in wanted]
    if [name for name in wanted if name in before] != kept or list(wanted)[: len(kept)] != kept:
        return Alteration(refuse="columns can only be added at the end: Snowflake cannot reorder them")
    governed = _rows_and_losses(change, before, wanted, target, scope)
    statements += governed.statements
    hazards += governed.hazards
    own = {"column order", _ROWS}
    properties = tuple(word for word in change.clauses if not word.startswith("column ") and word not in own)
    if properties:
        rest = alter_clauses(_only(change, properties), scope)
        if rest.replace:
            return Alteration(refuse=f"{rest.replace} on a table that holds data")
        statements += rest.statements
    return Alteration(tuple(statements), tuple(hazards))


_ROWS = "ROW ACCESS POLICY"


def _rows_and_losses(
    change: Change, before: dict[str, Column], wanted: dict[str, Column], target: str, scope: Scope
) -> Alteration:
    """The change of the row access policy, and a hazard for each policy that nothing takes the place of."""
    lost = [
        f"{name}: masking policy {policy_name(before[name].policy)}"
        for name, column in wanted.items()
        if name in before and before[name].policy and not column.policy
    ]
    statements = _row_access(change, target, scope) if _ROWS in change.clauses else []
    if statements and change.desired is not None and _ROWS not in change.desired.reading:
        lost.append(f"row access policy {policy_name(str(change.before[_ROWS]))}")
    hazards = tuple(Hazard("loses-policy", str(change.key.name), f"{change.key} loses its {what}") for what in lost)
    return Alteration(tuple(statements), hazards)


def _full(change: Change, scope: Scope, name: str) -> str:
    return str(ObjectName.parse(name).within(scope.database, change.key.name.parts[0]))


def _row_access(change: Change, target: str, scope: Scope) -> list[str]:
    """One statement, so that no moment is without a policy."""
    desired = change.desired.reading if change.desired else {}
    parts = []
    if old := str(change.before.get(_ROWS, "")):
        parts.append(f"DROP {_ROWS} {_full(change, scope, policy_name(old))}")
    if new := str(desired.get(_ROWS, "")):
        parts.append(f"ADD {_ROWS} {_full(change, scope, policy_name(new))} {new[new.index(' ON (') + 1 :]}")
    return [f"{target} {', '.join(parts)}"]


def _governance(change: Change, scope: Scope, target: str, name: str, before: Column, wanted: Column) -> list[str]:
    """A policy is put in the place of another in one statement (FORCE)."""
    made = []
    if wanted.policy != before.policy:
        policy = policy_name(wanted.policy)
        using = wanted.policy[wanted.policy.index(" USING ") :] if " USING " in wanted.policy else ""
        force = " FORCE" if before.policy else ""
        made.append(
            f"{target} MODIFY COLUMN {name} SET MASKING POLICY {_full(change, scope, policy)}{using}{force}" if policy else
            f"{target} MODIFY COLUMN {name} UNSET MASKING POLICY"
        )  # fmt: skip
    tails = tag_changes(wanted.tags, before.tags, lambda tag: _full(change, scope, tag))
    return [*made, *(f"{target} MODIFY COLUMN {name} {tail}" for tail in tails)]


def _only(change: Change, clauses: tuple[str, ...]) -> Change:
    return Change(
        change.verb,
        change.key,
        change.desired,
        change.recorded,
        change.observed,
        change.reasons,
        clauses,
        change.before,
    )


def _modified(target: str, name: str, before: Column, wanted: Column) -> list[str] | str:
    """The ALTERs of one column, or why there are none (reference F.3)."""
    made = []
    if wanted.type != before.type:
        if not _widens(before.type, wanted.type):
            return f"column {name} cannot change from {before.type} to {wanted.type}: add a new column, copy, drop the old one"
        made.append(f"{target} ALTER COLUMN {name} SET DATA TYPE {wanted.type}")
    if wanted.nullable != before.nullable:
        made.append(f"{target} ALTER COLUMN {name} {'DROP' if wanted.nullable else 'SET'} NOT NULL")
    if wanted.default != before.default:
        if wanted.default:
            return f"the default of column {name} cannot be changed on a column that exists: add a new column"
        made.append(f"{target} ALTER COLUMN {name} DROP DEFAULT")
    if wanted.comment != before.comment:
        change = f"COMMENT {literal(wanted.comment)}" if wanted.comment else "UNSET COMMENT"
        made.append(f"{target} ALTER COLUMN {name} {change}")
    if wanted.identity != before.identity or wanted.constraint != before.constraint:
        return f"identity and constraints of column {name} cannot be changed in place"
    return made


def _widens(before: DataType, wanted: DataType) -> bool:
    if before.base != wanted.base or before.base not in _WIDENS:
        return False
    return wanted.sizes[0] >= before.sizes[0] and wanted.sizes[1:] == before.sizes[1:]


KIND = Kind(
    "TABLE",
    show="SHOW TABLES IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    unseen=_unseen,
    key=show_key("TABLE"),
    read=_read,
    references=_references,
    alter=alter,
    drop_hazard="deletes-data",
    replaceable=False,
    skip=lambda row: row.get("is_dynamic") == "Y",
)
