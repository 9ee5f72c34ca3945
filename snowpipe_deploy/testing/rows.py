"""Rows that must be there against those that are: equal values, and a difference that one can read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

NULL = "NULL"  # TOML has no null: this text stands for it, and \NULL for the text itself
_MOST_SHOWN = 20
_WIDEST = 70  # of a column
_AROUND = 10  # letters before the place where two texts part


def plain(value: object) -> Any:
    """A value of a test file or of the account in the one form in which both are compared."""
    match value:
        case None | bool():
            return value
        case int() | float() | Decimal():
            number = Decimal(str(value))
            return ("number", number.normalize() if number.is_finite() else str(number))
        case datetime():
            moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
            return moment.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | dict():
            return ("json", json.dumps(value, sort_keys=True, default=str))
        case _:
            return str(value)


def expected(value: object) -> Any:
    """The same of a value that stands in a test file."""
    if value == NULL:
        return None
    return plain(value[1:] if isinstance(value, str) and value.startswith("\\") else value)


def same(wanted: object, found: object) -> bool:
    """A time may be written as text, a semi-structured value as array or table; otherwise types must fit."""
    if isinstance(wanted, list | dict):  # VARIANT arrives as JSON text (session.Result)
        try:
            return bool(plain(json.loads(str(found))) == plain(wanted))
        except ValueError:
            return False
    if isinstance(found, datetime) and isinstance(wanted, str) and wanted != NULL:
        try:
            return bool(plain(datetime.fromisoformat(wanted)) == plain(found))
        except ValueError:
            return False
    return bool(expected(wanted) == plain(found))


def shown(value: object) -> str:
    """A value as one reads it."""
    match value:
        case None:
            return NULL
        case bool():
            return str(value).lower()
        case Decimal():
            return format(value, "f")
        case str():
            flat = value.replace("\n", "\\n")
            return flat if flat == flat.strip() and flat else f"'{flat}'"
        case datetime() | date() | time():
            return str(plain(value))
        case list() | dict():
            return json.dumps(value, default=str)
        case _:
            return str(value)


Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows that are missing, those that nobody expects, and pairs (expected, found) that differ in some columns."""

    columns: tuple[str, ...]
    missing: tuple[Row, ...] = ()
    unexpected: tuple[Row, ...] = ()
    changed: tuple[tuple[Row, Row], ...] = ()
    in_order: bool = True

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected or self.changed or not self.in_order)


def compare(columns: Sequence[str], wanted: Sequence[Row], found: Sequence[Row], *, ordered: bool) -> Difference:
    """What differs. Rows that agree in most columns are one row that changed."""
    left = list(found)
    missing = []
    for row in wanted:
        at = next((i for i, other in enumerate(left) if _equal(row, other)), None)
        if at is None:
            missing.append(row)
        else:
            left.pop(at)
    changed = []
    for row in list(missing):
        near = max(left, key=lambda other: _agreeing(row, other), default=None)
        if near is not None and len(near) == len(row) and 2 * _agreeing(row, near) >= len(row) and _agreeing(row, near):
            missing.remove(row)
            left.remove(near)
            changed.append((row, near))
    out_of_order = ordered and not (missing or left or changed) and not all(map(_equal, wanted, found))
    return Difference(tuple(columns), tuple(missing), tuple(left), tuple(changed), not out_of_order)


def _equal(row: Row, other: Row) -> bool:
    return len(row) == len(other) and all(map(same, row, other))


def _agreeing(row: Row, other: Row) -> int:
    return sum(map(same, row, other))


def explained(difference: Difference) -> list[str]:
    """Lines of a table: `-` a row that is missing, `+` one that nobody expects, `~` one that changed, as wanted → found."""
    if not difference.in_order:
        return ["the rows are right, in another order"]
    rows = [("-", tuple(_wanted(v) for v in row), "missing") for row in difference.missing]
    rows += [("+", tuple(map(shown, row)), "unexpected") for row in difference.unexpected]
    rows += [("~", tuple(map(_cell, *pair)), "changed: expected → found") for pair in difference.changed]
    more = len(rows) - _MOST_SHOWN
    rows = rows[:_MOST_SHOWN]
    width = max([len(difference.columns), *(len(cells) for _, cells, _ in rows)], default=0)
    names = (*difference.columns, *[""] * (width - len(difference.columns)))
    table = [names, *(cells for _, cells, _ in rows)]
    widths = [min(_WIDEST, max(len(cells[i]) for cells in table if i < len(cells))) for i in range(width)]
    marks = [" ", *(mark for mark, _, _ in rows)]
    words = ["", *(word for _, _, word in rows)]
    lines = [
        f"{mark} {'  '.join(_fit(cell, w) for cell, w in zip(cells, widths, strict=False))}  {word}".rstrip()
        for mark, cells, word in zip(marks, table, words, strict=True)
    ]
    return [*lines, f"  … and {more} more"] if more > 0 else lines


def _wanted(value: object) -> str:
    return shown(value[1:] if isinstance(value, str) and value.startswith("\\") else value)


def _cell(wanted: object, found: object) -> str:
    if same(wanted, found):
        return shown(found)
    left, right = _wanted(wanted), shown(found)
    alike = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    if alike > 2 * _AROUND and max(len(left), len(right)) > _WIDEST // 2:  # of long texts, where they part
        left, right = (f"…{text[alike - _AROUND :]}" for text in (left, right))
    if len(left) + len(right) + 3 > _WIDEST:
        left, right = (_fit(text, (_WIDEST - 3) // 2).rstrip() for text in (left, right))
    return f"{left} → {right}"


def _fit(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
