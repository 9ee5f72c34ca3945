"""SQL in the strings of JavaScript, Python and other languages, and of SQL itself. What is put together in the program stands in
it as names with `__`, and every character keeps its place, so that findings point to the line in the program."""

import re
from collections.abc import Iterator

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import Use, stage_name

_SKIPPED = r"//[^\n]*|/\*[\s\S]*?\*/|\#[^\n]*"
_QUOTED = (
    r'"""[\s\S]*?"""'
    r"|'''[\s\S]*?'''"
    r"|`(?:[^`\\]|\\[\s\S])*`"
    r'|"(?:[^"\\\n]|\\[\s\S])*"'
    r"|'(?:[^'\\\n]|\\[\s\S])*'"
)
_PIECE = re.compile(rf"(?:{_SKIPPED})|(?P<prefix>\b[fFrRbBuU]{{1,2}})?(?P<quoted>{_QUOTED})")
# what joins two strings: nothing (Python), + or + variable +
_GLUE = re.compile(r"\s*(?:\+\s*(?P<variable>[^;\"'`\n]*?\+\s*)?)?(?=[fFrR]{0,2}[\"'`])")
_TAIL = re.compile(r"\s*\+\s*[\w(]")
_CALLED = re.compile(r"(?:sqlText\s*:|\.sql\s*\(|execute\w*\s*\(|prepareStatement\s*\()\s*[fFrR]{0,2}$")
_SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|MERGE|COPY|CREATE|DROP|TRUNCATE|CALL|ALTER|WITH|BEGIN|START|COMMIT|ROLLBACK)\b",
    re.IGNORECASE,
)
# what a string is surely SQL by, wherever it stands; words like "select" and "update" begin sentences too
_KINDS = r"(?:TABLE|VIEW|STREAM|TASK|SEQUENCE|SCHEMA|DATABASE|STAGE|PIPE|ALERT|PROCEDURE|FUNCTION|WAREHOUSE|ROLE|FILE\s+FORMAT)"
_SURELY_SQL = re.compile(
    r"\s*((BEGIN(\s+(WORK|TRANSACTION))?|START\s+TRANSACTION|COMMIT|ROLLBACK)\s*;?\s*$"
    r"|INSERT\s+(INTO|OVERWRITE)\b|MERGE\s+INTO\b|DELETE\s+FROM\b|UPDATE\s+\S+(\s+(AS\s+)?\w+)?\s+SET\b|SELECT\s(.|\n)*\bFROM\s+[\w$\"@(]"
    r"|COPY\s+INTO\b|TRUNCATE\s+TABLE\b|CALL\s+[\w.$]+\s*\(|WITH\s+\w+\s+AS\s*\("
    rf"|CREATE\s+OR\s+(REPLACE|ALTER)\s+(\w+\s+){{0,2}}{_KINDS}\b|(CREATE|DROP|ALTER)\s+(\w+\s+)?{_KINDS}\s+(IF\s+(NOT\s+)?EXISTS|[\w.$\"]+\.[\w.$\"]+)"
    rf"|CREATE\s+(\w+\s+)?{_KINDS}\s+\S+\s*(\(|AS\b|LIKE\b|CLONE\b|ON\b)|ALTER\s+(\w+\s+)?{_KINDS}\s+\S+\s+\w+)",
    re.IGNORECASE,
)


def sql_strings(text: str) -> Iterator[tuple[int, str]]:
    """The constant SQL of a program with its offsets, strings that are joined taken as one."""
    at = 0
    while match := _PIECE.search(text, at):
        at = match.end()
        if match["quoted"] is None:
            continue
        begin = match.start("quoted") + _width(match["quoted"])
        called = _CALLED.search(text, max(0, match.start() - 60), match.start("quoted")) is not None
        sql = _inside(match)
        while (
            (glue := _GLUE.match(text, at)) and (more := _PIECE.match(text, glue.end())) and more["quoted"] is not None
        ):
            end = match.start("quoted") + len(match["quoted"]) - _width(match["quoted"])
            between = more.start("quoted") + _width(more["quoted"]) - end
            sql += ("_" if glue["variable"] else " ") * between + _inside(more)
            match, at = more, more.end()
        if _TAIL.match(text, at):
            sql += "__"
        if (_SQL if called else _SURELY_SQL).match(sql):
            yield begin, sql


def _width(quoted: str) -> int:
    return 3 if quoted.startswith(('"""', "'''")) else 1


def _inside(match: re.Match[str]) -> str:
    """What a string says, at its width: escapes as blanks, what is filled in as a name."""
    quoted = match["quoted"]
    text = quoted[_width(quoted) : -_width(quoted)]
    if quoted[0] == "`":
        text = re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", _name, text)
    elif "f" in (match["prefix"] or "").lower() or _width(quoted) == 3:
        text = re.sub(r"\{[^{}\n]*\}", _name, text)
    if "r" in (match["prefix"] or "").lower():
        return text
    return re.sub(r"\\([\s\S])", lambda m: f" {m[1] if m[1] in _KEPT else ' '}", text)


_KEPT = "`'\"\n\\"


def _name(match: re.Match[str]) -> str:
    """A name of the same width that shows the variable: `${schema}` is `__schem__`."""
    word = "".join(re.findall(r"\w", match[0]))
    return f"__{word[: len(match[0]) - 4]:_<{max(0, len(match[0]) - 4)}}__"[: len(match[0])]


def is_known(name: ObjectName) -> bool:
    """Is the last part of a name written, not filled in by the program?"""
    return not (name.last.startswith("__") and name.last.endswith("__")) and "___" not in name.last


# -- Snowpark --------------------------------------------------------------------------------------------------------

# session.table("A.B") and its like: the method, what kind of object its argument names, and what it does to it
_METHODS = {
    "table": ("relation", "reads"), "save_as_table": ("relation", "writes"), "saveAsTable": ("relation", "writes"),
    "copy_into_table": ("relation", "writes"), "create_or_replace_view": ("relation", "writes"),
    "createOrReplaceView": ("relation", "writes"), "create_or_replace_dynamic_table": ("relation", "writes"),
    "copy_into_location": ("STAGE", "writes"), "call": ("PROCEDURE", "calls"),
    "csv": ("STAGE", "reads"), "json": ("STAGE", "reads"), "parquet": ("STAGE", "reads"), "avro": ("STAGE", "reads"), "orc": ("STAGE", "reads"),
}  # fmt: skip
_METHOD = re.compile(rf"\.({'|'.join(_METHODS)})\s*\(\s*([\"'])(@?[\w.$/]+)\2")
_PANDAS = re.compile(r"\bwrite_pandas\s*\(\s*\w+\s*,\s*([\"'])([\w.$]+)\1")
_HELD = re.compile(r"\b(\w+)\s*=\s*\w+\.table\s*\(\s*([\"'])([\w.$]+)\2\s*\)\s*(?:#.*)?$", re.MULTILINE)
_CHANGED = re.compile(r"\.table\s*\(\s*([\"'])([\w.$]+)\1\s*\)\s*\.(?:merge|update|delete)\s*\(")


def snowpark_uses(text: str) -> tuple[Use, ...]:
    """What a Snowpark program names by itself, outside SQL; offsets are in its text."""
    found = [_use(*_METHODS[m[1]], m[3], m.start(3)) for m in _METHOD.finditer(text)]
    found += [_use("relation", "writes", m[2], m.start(2)) for m in (*_PANDAS.finditer(text), *_CHANGED.finditer(text))]
    for held in _HELD.finditer(text):
        if re.search(rf"\b{held[1]}\.(?:merge|update|delete)\s*\(", text[held.end() :]):
            found.append(_use("relation", "writes", held[3], held.start(3)))
    return tuple(use for use in found if use is not None)


def _use(kind: str, access: str, text: str, at: int) -> Use | None:
    if kind == "STAGE":
        name = stage_name(text) if text.startswith("@") else None
        return Use(kind, name, access, at) if name is not None else None
    try:
        return Use(kind, ObjectName.parse(text), access, at)
    except ValueError:
        return None


# -- SQL in SQL ------------------------------------------------------------------------------------------------------


def composed(tokens: tuple[Token, ...]) -> tuple[int, str]:
    """The text of `'…' || x || '…'` or CONCAT('…', x, '…') and where it begins; empty where it does not begin with a string."""
    if tokens and tokens[0].upper == "CONCAT" and len(tokens) > 3:
        tokens = tokens[2:-1]
    if not tokens or tokens[0].kind != "string":
        return 0, ""
    sql, end = "", tokens[0].start + 1
    for token in tokens:
        if token.kind == "string":
            sql += "_" * (token.start + 1 - end) + re.sub(r"''|\\[\s\S]", _one_wide, token.text[1:-1])
            end = token.end - 1
    return tokens[0].start + 1, sql if tokens[-1].kind == "string" else f"{sql}__"


def composed_sql(text: str) -> tuple[int, str]:
    """The SQL that an expression of a block puts together, and where it begins; empty where it is surely none."""
    at, sql = composed(code(text))
    return at, sql if _SURELY_SQL.match(sql) else ""


def _one_wide(match: re.Match[str]) -> str:
    return " '" if match[0] in {"''", "\\'"} else "  "
