"""File formats: the options of each type with Snowflake's defaults (reference D.3)."""

import re
from dataclasses import dataclass

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.sqltext.lexer import code

FLAG = frozenset({"TRUE", "FALSE"})
_ANY: frozenset[str] = frozenset()  # every value
_AUTO = frozenset({"AUTO"})
PACKED = {"GZIP": ".gz", "BZ2": ".bz2", "DEFLATE": ".deflate", "RAW_DEFLATE": ".raw_deflate", "NONE": ""}
# Snowflake's name of an encoding, without its punctuation, and Python's
ENCODINGS = {
    "UTF8": "utf-8", "UTF16": "utf-16", "UTF16BE": "utf-16-be", "UTF16LE": "utf-16-le", "UTF32": "utf-32",
    "UTF32BE": "utf-32-be", "UTF32LE": "utf-32-le", "BIG5": "big5", "EUCJP": "euc_jp", "EUCKR": "euc_kr", "GB18030": "gb18030",
    "IBM420": "cp420", "IBM424": "cp424", "ISO2022CN": "", "ISO2022JP": "iso2022_jp", "ISO2022KR": "iso2022_kr",
    "KOI8R": "koi8_r", "SHIFTJIS": "shift_jis",
    **{f"ISO8859{n}": f"iso8859_{n}" for n in (1, 2, 5, 6, 7, 8, 9, 15)}, **{f"WINDOWS{n}": f"cp{n}" for n in range(1250, 1257)},
}  # fmt: skip
_TIMES = {"DATE_FORMAT": _ANY, "TIME_FORMAT": _AUTO, "TIMESTAMP_FORMAT": _ANY}
# type: option: the values that the local account knows. An option that is not here is not one of the type.
_KNOWN: dict[str, dict[str, frozenset[str]]] = {
    "CSV": {
        "COMPRESSION": frozenset({"AUTO", *PACKED}), "RECORD_DELIMITER": _ANY, "FIELD_DELIMITER": _ANY,
        "FIELD_OPTIONALLY_ENCLOSED_BY": _ANY, "ESCAPE": _ANY, "ESCAPE_UNENCLOSED_FIELD": _ANY, "TRIM_SPACE": FLAG,
        "EMPTY_FIELD_AS_NULL": FLAG, "REPLACE_INVALID_CHARACTERS": FLAG, "SKIP_HEADER": _ANY, "PARSE_HEADER": FLAG,
        "SKIP_BLANK_LINES": FLAG, "BINARY_FORMAT": frozenset({"HEX", "BASE64", "UTF8", "UTF-8"}), "NULL_IF": _ANY,
        "ERROR_ON_COLUMN_COUNT_MISMATCH": FLAG, "ENCODING": _ANY, "MULTI_LINE": FLAG, "SKIP_BYTE_ORDER_MARK": FLAG,
        "FILE_EXTENSION": _ANY, "VALIDATE_UTF8": frozenset({"TRUE"}), **_TIMES,
    },
    "JSON": {
        "COMPRESSION": frozenset({"AUTO", *PACKED}), "STRIP_OUTER_ARRAY": FLAG, "STRIP_NULL_VALUES": FLAG, "ALLOW_DUPLICATE": FLAG,
        "ENABLE_OCTAL": frozenset({"FALSE"}), "IGNORE_UTF8_ERRORS": FLAG, "REPLACE_INVALID_CHARACTERS": FLAG,
        "MULTI_LINE": frozenset({"TRUE"}), "NULL_IF": _ANY, "TRIM_SPACE": FLAG, "BINARY_FORMAT": frozenset({"HEX"}),
        "SKIP_BYTE_ORDER_MARK": frozenset({"TRUE"}), "FILE_EXTENSION": _ANY, "DATE_FORMAT": _AUTO, "TIME_FORMAT": _AUTO,
        "TIMESTAMP_FORMAT": _AUTO,
    },
    "PARQUET": {
        "COMPRESSION": frozenset({"AUTO", "SNAPPY", "NONE"}), "SNAPPY_COMPRESSION": FLAG, "USE_VECTORIZED_SCANNER": FLAG,
        "USE_LOGICAL_TYPE": FLAG, "BINARY_AS_TEXT": FLAG, "TRIM_SPACE": FLAG, "NULL_IF": _ANY,
        "REPLACE_INVALID_CHARACTERS": frozenset({"FALSE"}),
    },
}  # fmt: skip
TYPES = frozenset({"CSV", "JSON", "PARQUET", "AVRO", "ORC", "XML", "CUSTOM"})
_DEFAULTS = {
    "CSV": {
        "RECORD_DELIMITER": "\n", "FIELD_DELIMITER": ",", "FIELD_OPTIONALLY_ENCLOSED_BY": "NONE", "ESCAPE": "NONE",
        "ESCAPE_UNENCLOSED_FIELD": "\\", "TRIM_SPACE": "FALSE", "EMPTY_FIELD_AS_NULL": "TRUE", "REPLACE_INVALID_CHARACTERS": "FALSE",
        "COMPRESSION": "AUTO", "SKIP_HEADER": "0", "PARSE_HEADER": "FALSE", "SKIP_BLANK_LINES": "FALSE", "DATE_FORMAT": "AUTO",
        "TIME_FORMAT": "AUTO", "TIMESTAMP_FORMAT": "AUTO", "BINARY_FORMAT": "HEX", "NULL_IF": "('\\\\N')",
        "ERROR_ON_COLUMN_COUNT_MISMATCH": "TRUE", "ENCODING": "UTF8", "MULTI_LINE": "TRUE", "SKIP_BYTE_ORDER_MARK": "TRUE",
    },
    "JSON": {
        "COMPRESSION": "AUTO", "STRIP_OUTER_ARRAY": "FALSE", "STRIP_NULL_VALUES": "FALSE", "ALLOW_DUPLICATE": "FALSE",
        "ENABLE_OCTAL": "FALSE", "IGNORE_UTF8_ERRORS": "FALSE", "REPLACE_INVALID_CHARACTERS": "FALSE", "MULTI_LINE": "TRUE",
        "NULL_IF": "()", "TRIM_SPACE": "FALSE", "DATE_FORMAT": "AUTO", "TIME_FORMAT": "AUTO", "TIMESTAMP_FORMAT": "AUTO",
    },
    "PARQUET": {
        "COMPRESSION": "AUTO", "USE_VECTORIZED_SCANNER": "FALSE", "USE_LOGICAL_TYPE": "FALSE", "BINARY_AS_TEXT": "TRUE",
        "TRIM_SPACE": "FALSE", "NULL_IF": "()",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A type with the options that were given, as `WORD: value` text."""

    type: str
    options: dict[str, str]

    def of(self, option: str) -> str:
        """The option's value, or Snowflake's default."""
        return self.options.get(option, _DEFAULTS[self.type].get(option, ""))

    def is_on(self, option: str) -> bool:
        return self.of(option).upper() == "TRUE"

    def mark(self, option: str) -> str:
        """A character or a few that mean something in the file; empty for NONE."""
        given = self.of(option)
        return "" if given.upper() == "NONE" else plain_text(given)

    @property
    def nulls(self) -> tuple[str, ...]:
        """The texts that stand for NULL."""
        return tuple(token.value for token in code(self.of("NULL_IF")) if token.kind == "string")


def plain_text(given: str) -> str:
    """Delimiters may be spelled by their codes: `0x7c`, `\\174`, and as `\\n`, `\\t`."""
    if re.fullmatch(r"(?:(?:0x|\\x)[0-9a-fA-F]{2})+", given):
        return "".join(chr(int(pair, 16)) for pair in re.findall(r"x([0-9a-fA-F]{2})", given))
    if re.fullmatch(r"(?:\\[0-7]{3})+", given):
        return "".join(chr(int(three, 8)) for three in re.findall(r"[0-7]{3}", given))
    return given.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")


def check_known(form: FileFormat) -> None:
    """As `check`, of the types that are read and written here; others are kept as they are."""
    if form.type in _KNOWN:
        check(form)


def check(form: FileFormat) -> None:
    """Refuses types and options whose effect the local account does not have."""
    if form.type not in _KNOWN:
        raise unsupported(f"{form.type} files")
    known = _KNOWN[form.type]
    for option, value in form.options.items():
        if option not in known:
            raise unsupported(f"{form.type} option {option}")
        if known[option] and value.upper() not in known[option]:
            raise unsupported(f"{form.type} option {option} = {value}")
    if "NULL_IF" in form.options and not form.options["NULL_IF"].startswith("("):
        raise sql_error("syntax", f"syntax error: NULL_IF is a list in parentheses, not {form.options['NULL_IF']}")
    if form.is_on("PARSE_HEADER") and form.of("SKIP_HEADER") != "0":
        raise sql_error("syntax", "PARSE_HEADER and SKIP_HEADER exclude each other")
    if form.type == "CSV":
        encoding(form)
        if not form.of("SKIP_HEADER").isdigit():
            raise sql_error("syntax", f"SKIP_HEADER is a number of lines, not {form.of('SKIP_HEADER')}")
        if len(form.mark("FIELD_OPTIONALLY_ENCLOSED_BY")) > 1:
            raise sql_error("syntax", "FIELD_OPTIONALLY_ENCLOSED_BY is one character, or NONE")


def encoding(form: FileFormat) -> str:
    """Python's name of the encoding of a file."""
    given = form.of("ENCODING") or "UTF8"
    found = ENCODINGS.get(re.sub(r"[-_]", "", given.upper()), "")
    if not found:
        raise unsupported(f"ENCODING = {given}")
    return found


def all_options(type_: str, options: dict[str, str]) -> dict[str, str]:
    """Those given and the defaults of the others: what SHOW FILE FORMATS tells of a format."""
    return {**_DEFAULTS.get(type_, {}), **options}


def format_of(text: str) -> FileFormat:
    """From the inside of `FILE_FORMAT = ( … )`."""
    options, tokens = {}, code(text)
    i = 0
    while i < len(tokens):
        if i + 2 >= len(tokens) or tokens[i + 1].text != "=":
            raise sql_error("syntax", f"syntax error in FILE_FORMAT: {text!r}")
        if tokens[i + 2].text == "(":
            end = next((j for j in range(i, len(tokens)) if tokens[j].text == ")"), None)
            if end is None:
                raise sql_error("syntax", f"syntax error in FILE_FORMAT: {text!r}")
            options[tokens[i].upper] = text[tokens[i + 2].start : tokens[end].end]
            i = end + 1
        else:
            options[tokens[i].upper] = tokens[i + 2].value
            i += 3
        if i < len(tokens) and tokens[i].text == ",":
            i += 1
    return FileFormat(options.pop("TYPE", "CSV").upper(), options)
