"""Text to statements, scripting blocks whole."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from snowpipe_deploy.sqltext.lexer import Token, line_of, line_starts, token_stream

_BLANK = frozenset({"space", "comment"})
_OPENERS = frozenset({"IF", "CASE", "FOR", "WHILE", "LOOP", "REPEAT"})
_TRANSACTION = frozenset({";", "TRANSACTION", "WORK", "NAME", ""})
_BODY_OF = frozenset({"AS", "THEN"})  # CREATE … AS BEGIN, ALTER TASK … MODIFY AS BEGIN, an alert's THEN BEGIN


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement: its text without the closing `;`, where its first word stands (line and column from 1, and the offset),
    and the comments that stand directly above it."""

    text: str
    line: int
    column: int
    comments: tuple[tuple[int, str], ...] = ()
    start: int = 0


class _Blocks:
    """Which scripting constructs are open, fed with one meaningful token at a time."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.start = True  # does the next token begin a statement?
        self.closed = False  # did the outermost block just end?
        self._declaring = False
        self._ending = False

    def feed(self, token: Token, before: str, after: str) -> None:
        word, start, self.start = token.upper, self.start, False
        if before == ".":  # a column: T.END
            return
        top = self.open[-1] if self.open else ""
        if self._ending:  # the IF, FOR … of `END IF`
            self._ending = False
            if word in _OPENERS:
                return
        if word == "BEGIN" and after not in _TRANSACTION and (start or before in _BODY_OF or self._declaring):
            self.open.append("BLOCK")
            self.start, self._declaring = True, self._declaring and before == "AS"
        elif word == "DECLARE" and (start or before in _BODY_OF):
            self._declaring = True
        elif not self.open:
            return
        elif word == "END" and (start or top in {"EXPRESSION", "REPEAT"}):
            self.open.pop()
            self._ending = top != "EXPRESSION"
            self.closed = not self.inside
        elif word == "CASE" and not start:
            self.open.append("EXPRESSION")
        elif start and word in _OPENERS and not (word == "REPEAT" and after == "("):
            self.open.append(word)
            self.start = word in {"LOOP", "REPEAT"}
        elif (
            (word in {"THEN", "ELSE"} and top != "EXPRESSION")
            or (word == "EXCEPTION" and start)
            or (word in {"DO", "LOOP"} and top in {"FOR", "WHILE"})
            or word == ";"
        ):
            self.start = True

    @property
    def inside(self) -> bool:
        return bool(self.open) or self._declaring


class _Ahead:
    """Tokens one after the other, with a look at those that mean something further on."""

    def __init__(self, found: Iterator[Token]) -> None:
        self._found = found
        self._waiting: deque[Token] = deque()

    def take(self) -> Token | None:
        return self._waiting.popleft() if self._waiting else next(self._found, None)

    def peek(self, ahead: int = 0) -> Token | None:
        seen = -1
        for token in self._waiting:
            seen += token.kind not in _BLANK
            if seen == ahead:
                return token
        for token in self._found:
            self._waiting.append(token)
            seen += token.kind not in _BLANK
            if seen == ahead:
                return token
        return None


@lru_cache(maxsize=256)
def split(text: str) -> tuple[Piece, ...]:
    """The statements of a script. Loses nothing but blanks, comments between statements and the `;` that end them."""
    return tuple(scan(text, 0, line_starts(text)))


def scan(text: str, begin: int, starts: list[int]) -> Iterator[Piece]:
    """The statements from an offset on, each read when it is asked for. `starts` are the `line_starts` of the text."""
    tokens = _Ahead(token_stream(text, begin))
    blocks, parens = _Blocks(), 0
    first: Token | None = None
    last: Token | None = None  # the last token of the statement so far that means something
    comments: list[Token] = []
    taken = 0  # the line in which the statement above ended
    while (token := tokens.take()) is not None:
        if token.kind in _BLANK:
            if first is None and token.kind == "comment":
                comments.append(token)
            continue
        if first is None:
            if token.text == ";":
                comments, taken = [], line_of(starts, token.start)[0]
                continue
            first, last, blocks, parens = token, None, _Blocks(), 0
        after = tokens.peek()
        ends = token.text == ";" and parens == 0 and not blocks.inside
        if not ends:
            if token.kind == "symbol":
                parens = max(0, parens + (token.text == "(") - (token.text == ")"))
            blocks.feed(token, last.upper if last is not None else "", _following(after))
            ends = blocks.closed and after is not None and not _belongs(token, after, tokens.peek(1))
            last = token
        if ends or after is None:
            yield _piece(text, first, last or token, comments, taken, starts)
            first, comments, taken = None, [], line_of(starts, token.end - 1)[0]


def _following(token: Token | None) -> str:
    return "" if token is None else token.upper or "x"


def _belongs(token: Token, after: Token, then: Token | None) -> bool:
    """After the END of a block: does the next token still belong to it (`;`, or a label before `;` or the end)?"""
    if token.upper != "END" or after.text == ";":
        return after.text == ";"
    return after.kind == "word" and (then is None or then.text == ";")


def _piece(text: str, first: Token, last: Token, comments: list[Token], taken: int, starts: list[int]) -> Piece:
    line, column = line_of(starts, first.start)
    above: list[tuple[int, str]] = []
    wanted = line - 1
    for token in reversed(comments):
        at = line_of(starts, token.start)[0]
        if at <= taken or at + token.text.count("\n") < wanted:
            break
        above.insert(0, (at, token.text))
        wanted = at - 1
    return Piece(text[first.start : last.end], line, column, tuple(above), first.start)
