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
        return DataType("NUMBER", (38, 0))
    if base == "CHAR":
        return DataType("VARCHAR", sizes or (1,))
    if base not in _KNOWN:
        raise ValueError(f"unknown data type {text.strip()!r}")
    match base:
        case "VARCHAR":
            return DataType(base, sizes or (MAX_VARCHAR,))
        case "NUMBER":
            return DataType(base, (*sizes, 0) if len(sizes) == 1 else sizes or (38, 0))
        case "BINARY":
            return DataType(base, sizes or (8388608,))
        case "TIME" | "TIMESTAMP_NTZ" | "TIMESTAMP_LTZ" | "TIMESTAMP_TZ":
            return DataType(base, sizes or (9,))
        case "VECTOR":
            return DataType(f"VECTOR({match[2]})")
        case _:
            return DataType(base)


def signature_type(text: str) -> str:
    """The type as it counts in a routine's signature: NUMBER(5,2) and NUMBER are the same overload (reference E.7)."""
    return parse_type(text).base
