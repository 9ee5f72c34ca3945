"""Data types made canonical, so that synonyms compare equal (reference F.7)."""

import re
from dataclasses import dataclass

MAX_VARCHAR = 16777216

_SYNONYMS = {
    "TEXT": "VARCHAR", "STRING": "VARCHAR", "NVARCHAR": "VARCHAR", "NVARCHAR2": "VARCHAR", "CHAR VARYING": "VARCHAR",
    "CHARACTER": "CHAR", "NCHAR": "CHAR",
    "DECIMAL": "NUMBER", "NUMERIC": "NUMBER", "DEC": "NUMBER",
    "INT": "INTEGER", "BIGINT": "INTEGER", "SMALLINT": "INTEGER", "TINYINT": "INTEGER", "BYTEINT": "INTEGER",
    "FLOAT4": "FLOAT", "FLOAT8": "FLOAT", "DOUBLE": "FLOAT", "DOUBLE PRECISION": "FLOAT", "REAL": "FLOAT",
    "DATETIME": "TIMESTAMP_NTZ", "TIMESTAMP": "TIMESTAMP_NTZ", "TIMESTAMPNTZ": "TIMESTAMP_NTZ",
    "TIMESTAMPLTZ": "TIMESTAMP_LTZ", "TIMESTAMPTZ": "TIMESTAMP_TZ", "VARBINARY": "BINARY", "BOOL": "BOOLEAN",
    "TIMESTAMP WITHOUT TIME ZONE": "TIMESTAMP_NTZ", "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_TZ",
    "TIMESTAMP WITH LOCAL TIME ZONE": "TIMESTAMP_LTZ",
}  # fmt: skip
_KNOWN = frozenset(
    [
        "VARCHAR",
        "NUMBER",
        "FLOAT",
        "BOOLEAN",
        "DATE",
        "TIME",
        "TIMESTAMP_NTZ",
        "TIMESTAMP_LTZ",
        "TIMESTAMP_TZ",
        "VARIANT",
        "OBJECT",
        "ARRAY",
        "BINARY",
        "GEOGRAPHY",
        "GEOMETRY",
        "VECTOR",
        "FILE",
        "DECFLOAT",
    ]
)
# every word with which the name of a type begins
WORDS = frozenset(name.split()[0] for name in {*_SYNONYMS, *_KNOWN, "CHAR", "INTEGER", "MAP"})
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_TYPE = re.compile(r"\s*([A-Za-z_][\w ]*?)\s*(?:\(\s*(.*?)\s*\))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DataType:
    """A canonical base type with its numbers: `VARCHAR(16777216)`, `NUMBER(38,0)`, `TIMESTAMP_NTZ(9)`."""

    base: str
    sizes: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.base}({','.join(map(str, self.sizes))})" if self.sizes else self.base


def parse_type(text: str) -> DataType:
    """Reads a column or argument type; raises ValueError on an unknown one."""
    match = _TYPE.fullmatch(_COMMENT.sub(" ", text))
    if match is None:
        raise ValueError(f"{text!r} is not a data type")
    word = re.sub(r"\s+", " ", match[1].upper())
    sizes = tuple(int(n) for n in (match[2] or "").split(",") if n.strip().isdigit())
    base = _SYNONYMS.get(word, word)
    if base == "INTEGER":
        if match[2] is not None:
            raise ValueError(f"{word} takes no precision: NUMBER({match[2]})")
        return DataType("NUMBER", (38, 0))
    if base == "CHAR":
        return _sized("VARCHAR", sizes or (1,))
    if base not in _KNOWN:
        raise ValueError(f"unknown data type {text.strip()!r}")
    return _sized(base, sizes) if base in _LIMITS else DataType(f"VECTOR({match[2]})" if base == "VECTOR" else base)


# the least and the greatest size, and what holds without one
_LIMITS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "VARCHAR": (1, 134_217_728, (MAX_VARCHAR,)), "BINARY": (1, 67_108_864, (8_388_608,)), "NUMBER": (1, 38, (38, 0)),
    **dict.fromkeys(("TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"), (0, 9, (9,))),
}  # fmt: skip


def _sized(base: str, sizes: tuple[int, ...]) -> DataType:
    least, greatest, default = _LIMITS[base]
    if not sizes:
        return DataType(base, default)
    given = (*sizes, 0) if base == "NUMBER" and len(sizes) == 1 else sizes
    if not least <= given[0] <= greatest or len(given) != len(default):
        raise ValueError(f"{base}({', '.join(map(str, sizes))}): the size is from {least} to {greatest}")
    if base == "NUMBER" and given[1] > given[0]:
        raise ValueError(f"NUMBER({given[0]}, {given[1]}): the scale is from 0 to the precision")
    return DataType(base, given)


def signature_type(text: str) -> str:
    """The type as it counts in a routine's signature: NUMBER(5,2) and NUMBER are the same overload (reference E.7)."""
    return parse_type(text).base
