"""Text to statements, scripting blocks whole."""

from dataclasses import dataclass

from snowpipe_deploy.sqltext.lexer import Token, line_of, line_starts, tokens

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


def split(text: str) -> tuple[Piece, ...]:
    """The statements of a script. Loses nothing but blanks, comments between statements and the `;` that end them."""
    every = tokens(text)
    meaning = [i for i, token in enumerate(every) if token.kind not in _BLANK]
    starts = line_starts(text)
    pieces: list[Piece] = []
    blocks, parens, first = _Blocks(), 0, -1
    for position, index in enumerate(meaning):
        token = every[index]
        if first < 0:
            if token.text == ";":
                continue
            first, blocks, parens = index, _Blocks(), 0
        before = every[meaning[position - 1]].upper if position and index != first else ""
        after = every[meaning[position + 1]] if position + 1 < len(meaning) else None
        ends = token.text == ";" and parens == 0 and not blocks.inside
        if not ends:
            if token.kind == "symbol":
                parens = max(0, parens + (token.text == "(") - (token.text == ")"))
            blocks.feed(token, before, _following(after))
            ends = blocks.closed and after is not None and not _belongs(every, meaning, position)
        if ends or after is None:
            last = index if token.text != ";" or not ends else meaning[position - 1]
            pieces.append(_piece(text, every, first, last, starts))
            first = -1
    return tuple(pieces)


def _following(token: Token | None) -> str:
    return "" if token is None else token.upper or "x"


def _belongs(every: tuple[Token, ...], meaning: list[int], position: int) -> bool:
    """After the END of a block: does the next token still belong to it (`;`, or a label before `;` or the end)?"""
    rest = [every[i] for i in meaning[position + 1 : position + 3]]
    if every[meaning[position]].upper != "END" or rest[0].text == ";":
        return rest[0].text == ";"
    return rest[0].kind == "word" and (len(rest) == 1 or rest[1].text == ";")


def _piece(text: str, every: tuple[Token, ...], first: int, last: int, starts: list[int]) -> Piece:
    line, column = line_of(starts, every[first].start)
    comments: list[tuple[int, str]] = []
    wanted = line - 1
    above = [token for token in every[:first] if token.kind != "space"]
    taken = next((line_of(starts, t.end - 1)[0] for t in reversed(above) if t.kind != "comment"), 0)
    for token in reversed(above):
        at = line_of(starts, token.start)[0]
        if token.kind != "comment" or at <= taken or at + token.text.count("\n") < wanted:
            break
        comments.insert(0, (at, token.text))
        wanted = at - 1
    return Piece(text[every[first].start : every[last].end], line, column, tuple(comments), every[first].start)
