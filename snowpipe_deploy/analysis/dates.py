"""Values that a statement turns into dates or timestamps without saying how they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from snowpipe_deploy.analysis.queries import Tokens, split_at
from snowpipe_deploy.names import fold
from snowpipe_deploy.sqltext.lexer import Token
from snowpipe_deploy.sqltext.query import closing

DATES = frozenset({
    "DATE", "DATETIME", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ", "TIMESTAMPNTZ", "TIMESTAMPLTZ", "TIMESTAMPTZ",
})  # fmt: skip
_TO_DATE = frozenset({"TO_DATE", "TRY_TO_DATE", "DATE"})
_TO_TIMESTAMP = frozenset(f"{begin}TO_TIMESTAMP{end}" for begin in ("", "TRY_") for end in ("", "_NTZ", "_LTZ", "_TZ"))
_TEXTS = frozenset({"TEXT", "VARCHAR", "STRING", "CHAR", "NVARCHAR"})
_TO_TEXT = frozenset({"TO_VARCHAR", "TO_CHAR", "TRIM"})
_COMPARES = frozenset({"=", "<", ">", "<=", ">=", "<>", "!=", "BETWEEN"})
_NAMING = frozenset({"word", "quoted"})


@dataclass(frozen=True, slots=True)
class Cast:
    """A value that becomes a date: its tokens, the type or function that makes it one, and where it stands."""

    value: Tokens
    to: str
    at: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is cast; `as_text` where it is made a text first."""

    name: str
    as_text: bool


def casts(tokens: Tokens) -> Iterator[Cast]:
    """`x::DATE`, `CAST(x AS DATE)`, `TO_DATE(x)` and their like with nothing but the value, `DATE 'x'`."""
    for i, token in enumerate(tokens):
        behind = tokens[i + 1] if i + 1 < len(tokens) else None
        if behind is None:
            return
        if token.text == "::" and behind.upper in DATES:
            value = _before(tokens, i)
            if value:
                yield Cast(value, behind.upper, value[0].start)
        elif token.upper in DATES and behind.kind == "string":
            yield Cast((behind,), token.upper, token.start)
        elif behind.text == "(" and (i == 0 or tokens[i - 1].text != "."):
            yield from _called(tokens, i)


def compared(tokens: Tokens) -> Iterator[tuple[Column, Token]]:
    """Columns with the texts that they are compared with: `D >= '…'`, `D BETWEEN '…' AND …`."""
    for i, token in enumerate(tokens):
        if token.kind == "string" and i > 1 and tokens[i - 1].upper in _COMPARES and tokens[i - 2].kind in _NAMING:
            yield Column(fold(tokens[i - 2].text), as_text=False), token


def _called(tokens: Tokens, i: int) -> Iterator[Cast]:
    word = tokens[i].upper
    if word not in {"CAST", "TRY_CAST"} | _TO_DATE | _TO_TIMESTAMP:
        return
    inside = tokens[i + 2 : closing(tokens, i + 1)]
    if word not in {"CAST", "TRY_CAST"}:
        if len(split_at(inside, frozenset({","}))) == 1:
            yield Cast(inside, word, tokens[i].start)
    elif len(inside) > 2 and inside[-2].upper == "AS" and inside[-1].upper in DATES:
        yield Cast(inside[:-2], inside[-1].upper, tokens[i].start)


def _before(tokens: Tokens, end: int) -> Tokens:
    """The value in front of `::`: a literal, a column, a call or a parenthesis, with the casts that it has already."""
    at = end
    while at > 0:
        at -= 1
        if tokens[at].text == ")":
            at = _opening(tokens, at)
            if at > 0 and tokens[at - 1].kind == "word":
                at -= 1
        if at > 1 and tokens[at - 1].text in {"::", "."}:
            at -= 1
            continue
        return tokens[at:end]
    return ()


def _opening(tokens: Tokens, at: int) -> int:
    depth = 0
    for index in range(at, -1, -1):
        depth += {")": 1, "(": -1}.get(tokens[index].text, 0)
        if depth == 0:
            return index
    return 0


def literal(value: Tokens) -> Token | None:
    """The one literal that a value is."""
    return value[0] if len(value) == 1 and value[0].kind in {"string", "number"} else None


def column(value: Tokens) -> Column | None:
    """The column that a value is, perhaps as a text; None for every other expression."""
    value, as_text = _plain(value)
    if not value or any(t.kind not in _NAMING and t.text != "." for t in value):
        return None
    return Column(fold(value[-1].text), as_text) if value[-1].kind in _NAMING else None


def _plain(value: Tokens) -> tuple[Tokens, bool]:
    """The value without what makes a text of it, and whether anything does."""
    as_text = False
    while True:
        if len(value) > 2 and value[0].text == "(" and closing(value, 0) == len(value) - 1:
            value = value[1:-1]
        elif (cut := _text_cast(value)) > 0:
            value, as_text = value[:cut], True
        elif len(value) > 3 and value[1].text == "(" and closing(value, 1) == len(value) - 1:
            inside, word = value[2:-1], value[0].upper
            if word in _TO_TEXT and len(split_at(inside, frozenset({","}))) == 1:
                value, as_text = inside, as_text or word != "TRIM"
            elif word in {"CAST", "TRY_CAST"} and (cut := _as_text(inside)) > 0:
                value, as_text = inside[:cut], True
            else:
                return value, as_text
        else:
            return value, as_text


def _text_cast(value: Tokens) -> int:
    """Where the `::` of a last cast to a text stands; 0 where there is none."""
    end = _opening(value, len(value) - 1) if value and value[-1].text == ")" else len(value)
    return end - 2 if end > 2 and value[end - 1].upper in _TEXTS and value[end - 2].text == "::" else 0


def _as_text(inside: Tokens) -> int:
    """Where the AS of `x AS VARCHAR(8)` stands; 0 where it is none."""
    end = _opening(inside, len(inside) - 1) if inside and inside[-1].text == ")" else len(inside)
    return end - 2 if end > 2 and inside[end - 1].upper in _TEXTS and inside[end - 2].upper == "AS" else 0


def has_eight(tokens: Tokens, name: str) -> bool:
    """Does a statement compare the length of a column with eight?"""
    for i, token in enumerate(tokens[:-1]):
        if token.upper in {"LENGTH", "LEN"} and tokens[i + 1].text == "(":
            end = closing(tokens, i + 1)
            inside = {fold(t.text) for t in tokens[i + 2 : end] if t.kind in _NAMING}
            if name in inside and [t.text for t in tokens[end + 2 : end + 3]] == ["8"]:
                return True
    return False
