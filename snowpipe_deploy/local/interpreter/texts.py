"""SQL of a block as the engine of queries takes it: what it cannot bind is put in as text."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.interpreter.held import Job, Scope
from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import fold
from snowpipe_deploy.sqltext.lexer import Token, code, tokens

Find = Callable[[str], Any]
_STATUS = "SYSTEM$GET_RESULTSET_STATUS"
_NOT_FOR_OWNERS = frozenset({"USE", "PUT", "GET", "SET", "UNSET"})


def check_rights(runner: Runner, text: str) -> None:
    """What a procedure may not do: change AUTOCOMMIT, or with its owner's rights the session of its caller (reference E.7, E.9)."""
    if not runner.scope:
        return
    words = [token.upper for token in code(text)[:4]]
    changes_session = words[:2] == ["ALTER", "SESSION"]
    if changes_session and "AUTOCOMMIT" in words:
        raise sql_error("autocommit")
    if runner.owners_rights and ((words[:1] and words[0] in _NOT_FOR_OWNERS) or changes_session):
        raise sql_error("owners_rights", "ALTER SESSION" if changes_session else words[0])


def substituted(text: str, find: Find, scope: Scope) -> str:
    """`:row.column` of a FOR row (bound by a name that is put into the scope), IDENTIFIER(:x), TABLE(:x), `IN (** :x)`."""
    if ":" not in text and _STATUS not in text.upper():
        return text
    out: list[str] = []
    parts = tokens(text)
    i = 0
    while i < len(parts):
        taken, put = _special(parts, i, find, scope)
        out.append(put if taken else parts[i].text)
        i += taken or 1
    return "".join(out)


def _special(parts: Sequence[Token], i: int, find: Find, scope: Scope) -> tuple[int, str]:
    """How many tokens are taken here, and what stands for them."""
    texts = [part.text for part in parts[i : i + 6]]
    token = parts[i]
    if token.text == ":" and texts[2:3] == ["."] and len(texts) > 3 and (i == 0 or parts[i - 1].text != ":"):
        row = find(fold(texts[1]))
        if isinstance(row, dict):
            key = f"__{fold(texts[1])}_{fold(texts[3])}"
            if key != key.upper():  # binds are found in upper case
                key = f"__{fold(texts[1])}_{texts[3].encode().hex()}".upper()
            scope[key] = column_of(row, texts[3])
            return 4, f":{key}"
    if (
        token.text == ":"
        and len(parts) > i + 1
        and parts[i + 1].kind == "quoted"
        and isinstance(held := find(fold(texts[1])), Typed)
    ):
        key = f"__QUOTED_{texts[1].encode().hex()}".upper()
        scope[key] = held
        return 2, f":{key}"
    if token.upper in {"IDENTIFIER", "TABLE"} and texts[1:3] == ["(", ":"] and texts[4:5] == [")"]:
        held = find(fold(texts[3]))
        return 5, str(held.value if isinstance(held, Typed) else held)
    if token.upper == _STATUS and texts[1:2] == ["("]:
        held = find(fold(texts[2].lstrip(":") or texts[3]))
        if not isinstance(held, Job):
            raise sql_error("syntax", f"{texts[2]} is not a result set of ASYNC")
        return (5 if texts[2] == ":" else 4), f"'{held.status}'"
    if texts[:2] == ["*", "*"]:
        return _spread(parts, i, find)
    return 0, ""


def _spread(parts: Sequence[Token], i: int, find: Find) -> tuple[int, str]:
    """`** :array` as the list of its elements."""
    rest = [j for j in range(i + 2, len(parts)) if parts[j].kind not in {"space", "comment"}][:2]
    if len(rest) < 2 or parts[rest[0]].text != ":":
        return 0, ""
    held = find(fold(parts[rest[1]].text))
    if not isinstance(held, Typed):
        raise sql_error("syntax", f"Bind variable :{parts[rest[1]].text} not set.")
    values = json.loads(str(held.value)) if held.value is not None else []
    if not isinstance(values, list):
        raise sql_error("syntax", f"{parts[rest[1]].text} is not an array")
    spelled = [
        "'" + value.replace("'", "''") + "'" if isinstance(value, str) else json.dumps(value) for value in values
    ]
    return rest[1] + 1 - i, ", ".join(spelled) or "NULL"


def column_of(row: dict[str, Typed], column: str) -> Typed:
    if fold(column) in row:
        return row[fold(column)]
    raise sql_error("invalid_identifier", fold(column))


def with_colons(expression: str, find: Find) -> str:
    """A scripting expression as SQL: variables stand in it without a colon (a colon is tolerated)."""
    out: list[str] = []
    parts = tokens(expression)
    depth, query = 0, 0  # how deep in parentheses; and since which depth in a subquery, where plain names are columns
    for i, token in enumerate(parts):
        if token.text in {"(", ")"}:
            depth += 1 if token.text == "(" else -1
            query = 0 if depth < query else query
        elif not query and depth and token.upper in {"SELECT", "WITH"}:
            query = depth
        before = next((p.text for p in reversed(parts[:i]) if p.kind != "space"), "")
        after = next((p.text for p in parts[i + 1 :] if p.kind != "space"), "")
        is_name = token.kind in {"word", "quoted"} and not query and before not in {":", ".", "=>"} and after != "("
        held = find(fold(token.text)) if is_name else None
        if isinstance(held, Typed) or (isinstance(held, dict) and after == "."):
            out.append(":" + token.text)
        else:
            out.append(token.text)
    return "".join(out)


def placed(text: str, count: int) -> str:
    """Each `?` as a variable, `:__USING0` and so on."""
    out, number = [], 0
    for token in tokens(text):
        if token.text == "?" and token.kind == "symbol":
            out.append(f":__USING{number}")
            number += 1
        else:
            out.append(token.text)
    if number != count:
        raise sql_error("syntax", f"{number} placeholders, but USING gives {count} values")
    return "".join(out)
