"""Values of expressions that depend on nothing but themselves, kept: most statements of a script are such, and a call of the engine
takes a hundred times longer than to look one up."""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from snowpipe_deploy.local.engine import Rows

_KEPT = 2000
_LONGEST = 4000  # characters of what is kept: a script may build a text of any length
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$\w+|[A-Za-z_]\w*")
_NOW = "GETVARIABLE('now')"
_WORDS = frozenset({
    "SELECT", "CAST", "AS", "CASE", "WHEN", "THEN", "ELSE", "END", "AND", "OR", "NOT", "IS", "NULL", "TRUE", "FALSE", "COALESCE",
    "LENGTH", "ERROR", "DECIMAL", "TEXT", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "BIGINT", "INT", "DOUBLE",
})  # fmt: skip


@lru_cache(maxsize=_KEPT)
def depends_on_nothing(sql: str) -> bool:
    """Is it an expression of literals, parameters, casts and plain operators, and at most the account's time?"""
    words = _TOKEN.findall(sql.replace(_NOW, ""))
    return all(word[0] in "'\"$" or word in _WORDS for word in words)


class KeptValues:
    """The answers of `depends_on_nothing` queries; those used last stay."""

    def __init__(self) -> None:
        self._rows: OrderedDict[object, Rows] = OrderedDict()

    def of(self, sql: str, values: Mapping[str, object], now: datetime, ask: Callable[[], Rows]) -> Rows:
        """The answer that is kept, or else what `ask` gives."""
        if not depends_on_nothing(sql) or len(sql) + sum(len(str(value)) for value in values.values()) > _LONGEST:
            return ask()
        # 1, 1.0 and True are one key of a dictionary: the type tells them apart
        held = tuple((name, type(value), value) for name, value in values.items())
        key = (sql, held, now if _NOW in sql else None)
        found = self._rows.pop(key, None) or ask()
        self._rows[key] = found
        if len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        return found
