"""Identifiers by Snowflake's case rules: unquoted text folds to upper case, quoted text stays as it is."""

import re
from dataclasses import dataclass

_PART = r'"(?:[^"]|"")+"|[^\W\d][\w$]*'
_NAME = re.compile(rf"\s*({_PART})((?:\s*\.\s*(?:{_PART}))*)\s*")
_PLAIN = re.compile(r"[A-Z_][A-Z0-9_$]*")


def fold(text: str) -> str:
    """One part as Snowflake stores it: `a` -> `A`, `"a"` -> `a`."""
    return text[1:-1].replace('""', '"') if text.startswith('"') else text.upper()


def quote(part: str) -> str:
    """One stored part as SQL text, in quotes only where they are needed."""
    return part if _PLAIN.fullmatch(part) else '"' + part.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A Snowflake string literal. A backslash starts an escape in Snowflake, so it is doubled."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


class InvalidName(ValueError):
    """A text that should be a name and is none."""


def split_name(text: str) -> tuple[str, ...]:
    """The folded parts of a name, as many as there are (a column's has a fourth); raises InvalidName."""
    if _NAME.fullmatch(text) is None:
        raise InvalidName(f"{text!r} is not an object name")
    return tuple(fold(part) for part in re.findall(_PART, text))


@dataclass(frozen=True, slots=True, order=True)
class ObjectName:
    """One to three folded parts; `str()` is SQL that reads back to the same name."""

    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "ObjectName":
        """Reads `db.schema.name`; raises InvalidName on anything else."""
        parts = split_name(text)
        if len(parts) > 3:
            raise InvalidName(f"{text!r} has more than three parts")
        return cls(parts)

    def __str__(self) -> str:
        return ".".join(quote(part) for part in self.parts)

    @property
    def last(self) -> str:
        return self.parts[-1]

    @property
    def parent(self) -> "ObjectName":
        return ObjectName(self.parts[:-1])

    def within(self, *scope: str) -> "ObjectName":
        """The name completed on the left from `scope` (database, schema) to one part more than the scope has."""
        missing = len(scope) + 1 - len(self.parts)
        return ObjectName((*scope[:missing], *self.parts)) if missing > 0 else self
