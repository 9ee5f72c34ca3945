"""Snowflake SQL as tokens. Lossless: the texts of the tokens, joined, are the input."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

# One alternative a kind, longest first. The last two take whatever is left: an opened quote that never closes runs to
# the end as `bad`, any other character is a symbol. So every input is matched without gaps.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>--[^\n]*|//[^\n]*|/\*.*?\*/)
    | (?P<dollar>\$\$.*?\$\$)
    | (?P<string>'(?:[^'\\]|\\.|'')*')
    | (?P<quoted>"(?:[^"]|"")*")
    | (?P<stage>@(?:"(?:[^"]|"")*"|[\w$.~%/*=:+-])+ | file://[^\s;]* | (?:s3|s3gov|s3china|s3compat|gcs|azure)://[^\s;)]*)
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d][\w$]*)
    | (?P<variable>\$\w+)
    | (?P<bad>/\*.*|\$\$.*|'.*|".*)
    | (?P<symbol>->>|->|::|:=|=>|<=|>=|<>|!=|\|\||.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANK = frozenset({"space", "comment"})


class Token(NamedTuple):
    """`start` is the offset in the text that was read. `upper` is the keyword that this token may be: upper case for words and
    symbols, empty for everything quoted."""

    kind: str
    text: str
    start: int
    upper: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def value(self) -> str:
        """What a string or `$$` literal says, escapes resolved; any other token's text."""
        if self.kind == "dollar":
            return self.text[2:-2]
        return unescape(self.text[1:-1]) if self.kind == "string" else self.text


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f"}


def unescape(text: str) -> str:
    """The inside of a single-quoted literal: doubled quotes, and backslash escapes as Snowflake reads them."""

    def one(match: re.Match[str]) -> str:
        if match[0] == "''":
            return "'"
        if match[1]:
            return chr(int(match[1][1:], 16))
        return _ESCAPES.get(match[2], match[2])

    return re.sub(r"''|\\(?:(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})|(.))", one, text, flags=re.DOTALL)


_IN_BODY = re.compile(r"--[^\n]*|/\*.*?\*/|(?:''|\\')(?:''|\\')|''|\\'|\\.", re.DOTALL)


def inside(text: str) -> str:
    """A body between single quotes as the SQL that it is, at its own width: what was doubled or escaped gets a blank beside it."""
    is_open = False

    def one(match: re.Match[str]) -> str:
        nonlocal is_open
        found = match[0]
        if found[:2] in {"--", "/*"}:
            return found.replace("'", " ") if not is_open else found[:2] + _IN_BODY.sub(one, found[2:])
        if found[0] == "\\" and found[1] != "'":
            return f" {_ESCAPES[found[1]]}" if found[1] in "nrt" else found
        if len(found) == 4:
            return "''  " if is_open else " '' "
        is_open = not is_open
        return " '" if is_open else "' "

    return _IN_BODY.sub(one, text)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """All tokens, blanks included."""
    return tuple(token_stream(text))


def token_stream(text: str, begin: int = 0) -> Iterator[Token]:
    """The tokens from an offset on, each read when it is asked for."""
    for match in _TOKEN.finditer(text, begin):
        kind, word = match.lastgroup or "symbol", match[0]
        # past the constructor, which takes three times as long: reading is mostly this line
        yield tuple.__new__(Token, (kind, word, match.start(), word.upper() if kind in {"word", "symbol"} else ""))


@lru_cache(maxsize=16384)
def code(text: str) -> tuple[Token, ...]:
    """The tokens that mean something: no white space, no comments."""
    return tuple([token for token in token_stream(text) if token.kind not in _BLANK])


def nesting(text: str) -> int:
    """How many parentheses and brackets are open at once, at most."""
    changes = ({"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0) for token in code(text))
    return max(accumulate(changes), default=0)


def line_starts(text: str) -> list[int]:
    """Offsets at which lines begin, for `line_of`."""
    return [0, *accumulate(len(line) for line in text.split("\n")[:-1] for line in (line + "\n",))]


def line_of(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def normalized(text: str) -> str:
    """The text with blanks and the case of unquoted words made equal: what a property or a query says, not how."""
    out: list[str] = []
    before: Token | None = None
    for token in code(text):
        if before is not None and _needs_space(before, token):
            out.append(" ")
        out.append(token.upper or token.text)
        before = token
    return "".join(out)


def _needs_space(left: Token, right: Token) -> bool:
    return "symbol" not in {left.kind, right.kind}
