"""INSERTs of constants, many of which differ in nothing else: the constants become parameters, so that one translation does for all."""

import re
from dataclasses import dataclass

from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.types import DataType

_TEXT, _WHOLE = DataType("VARCHAR", (16777216,)), DataType("NUMBER", (38, 0))
_MOST = 400  # constants of one statement
_DIGITS = re.compile(r"[0-9]{1,18}")
_OCTAL = re.compile(r"\\[1-9]|\\0[0-9]")  # an escape that the lexer does not resolve


@dataclass(frozen=True, slots=True)
class Lifted:
    """A statement with `:CONSTANT_0` … in the place of its constants, and their values."""

    text: str
    values: dict[str, Typed]


def lifted(text: str) -> Lifted | None:
    """INSERT … VALUES or INSERT … SELECT … UNION ALL SELECT … of nothing but texts, whole numbers, NULL and CURRENT_TIMESTAMP();
    None for any other statement, and where a column has texts and numbers."""
    tokens = code(text)
    first = next((i for i, token in enumerate(tokens) if token.upper in {"SELECT", "VALUES"}), len(tokens))
    rows = _rows(tokens, first)
    if not rows or sum(map(len, rows)) > _MOST:
        return None
    if any(
        len({token.kind for token in column if token.kind in {"string", "number"}}) > 1
        for column in zip(*rows, strict=True)
    ):
        return None
    return _with_parameters(text, [token for row in rows for token in row if token.kind in {"string", "number"}])


def _rows(tokens: tuple[Token, ...], at: int) -> list[list[Token]]:
    """The items of each row, which are all as long; empty where anything else stands there."""
    rows: list[list[Token]] = []
    opened = at < len(tokens) and tokens[at].upper == "VALUES"
    before, between, behind = (["("], [","], [")"]) if opened else (["SELECT"], ["UNION", "ALL"], [])
    at += opened
    while True:
        row, at = _row(tokens, _past(tokens, at, before))
        at = _past(tokens, at, behind)
        if not row or len(row) != len((rows or [row])[0]) or at > len(tokens):
            return []
        rows.append(row)
        if at == len(tokens):
            return rows
        at = _past(tokens, at, between)


def _past(tokens: tuple[Token, ...], at: int, words: list[str]) -> int:
    """The index behind these words; one behind the end where they do not stand there."""
    found = [token.upper for token in tokens[at : at + len(words)]]
    return at + len(words) if found == words else len(tokens) + 1


def _row(tokens: tuple[Token, ...], at: int) -> tuple[list[Token], int]:
    """The items up to what is none, and the index behind them."""
    row: list[Token] = []
    while at < len(tokens) and _is_item(tokens[at]):
        row.append(tokens[at])
        at += 3 if [token.text for token in tokens[at + 1 : at + 3]] == ["(", ")"] else 1
        if at >= len(tokens) or tokens[at].text != ",":
            return row, at
        at += 1
    return [], len(tokens) + 1


def _is_item(token: Token) -> bool:
    match token.kind:
        case "string":
            return not _OCTAL.search(token.text)
        case "number":
            return bool(_DIGITS.fullmatch(token.text))
        case _:
            return token.upper in {"NULL", "CURRENT_TIMESTAMP"}


def _with_parameters(text: str, constants: list[Token]) -> Lifted:
    parts, values, at = [], {}, 0
    for number, token in enumerate(constants):
        name = f"CONSTANT_{number}"
        parts += [text[at : token.start], f":{name}"]
        at = token.end
        values[name] = Typed(token.value, _TEXT) if token.kind == "string" else Typed(int(token.text), _WHOLE)
    return Lifted("".join(parts) + text[at:], values)
