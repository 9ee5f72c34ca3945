"""Where each value of a TOML file stands, which TOML readers do not keep; for messages and for --update."""

import re
import tomllib
from dataclasses import dataclass

Key = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A value's text is `text[start:end]`; its key stands on `line`."""

    start: int
    end: int
    line: int


def places(text: str) -> dict[Key, Span]:
    """The span of every value by its path, array items by number. The text must be valid TOML."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[Key, Span] = {}
        self.tables: dict[Key, int] = {}  # arrays of tables: the number of the last one

    def read(self) -> dict[Key, Span]:
        base: Key = ()
        while self._skip(_SPACE) < len(self.text):
            begin = self.at
            if self.text[self.at] == "[":
                twice = self.text.startswith("[[", self.at)
                self.at += 2 if twice else 1
                base = self._table(self._key(), twice=twice)
                self.at = self.text.index("]", self.at) + (2 if twice else 1)
                self.found[base] = Span(begin, self.at, self._line(begin))
            else:
                self._pair(base)
        return self.found

    def _table(self, parts: tuple[str, ...], *, twice: bool) -> Key:
        path: Key = ()
        for i, part in enumerate(parts):
            path = (*path, part)
            if twice and i == len(parts) - 1:
                self.tables[path] = self.tables.get(path, -1) + 1
            if path in self.tables:
                path = (*path, self.tables[path])
        return path

    def _pair(self, base: Key) -> None:
        line = self._line(self.at)
        key: Key = (*base, *self._key())
        self._skip(_BLANK)
        self.at += 1  # the =
        self._value(key, line)

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            quoted = _TEXT.match(self.text, self.at)
            match = quoted or _BARE.match(self.text, self.at)
            if match is None:
                return tuple(parts)
            self.at = match.end()
            parts.append(str(tomllib.loads(f"k = {match[0]}")["k"]) if quoted else match[0])
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] != ".":
                return tuple(parts)
            self.at += 1

    def _value(self, key: Key, line: int) -> None:
        self._skip(_BLANK)
        start = self.at
        first = self.text[start]
        if first == "[":
            self.at += 1
            number = 0
            while self.text[self._skip(_SPACE)] != "]":
                self._value((*key, number), self._line(self.at))
                number += 1
                self._separator()
            self.at += 1
        elif first == "{":
            self.at += 1
            while self.text[self._skip(_SPACE)] != "}":
                self._pair(key)
                self._separator()
            self.at += 1
        elif match := _TEXT.match(self.text, start):
            self.at = match.end()
        else:
            match = _SCALAR.match(self.text, start)
            self.at = start + len(match[0].rstrip()) if match else start + 1
        self.found[key] = Span(start, self.at, line)

    def _separator(self) -> None:
        if self.text[self._skip(_SPACE)] == ",":
            self.at += 1

    def _skip(self, what: re.Pattern[str]) -> int:
        match = what.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1
