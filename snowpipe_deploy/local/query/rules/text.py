"""Strings: searching, cutting, padding, encoding, hashing."""

from sqlglot import exp

from snowpipe_deploy.local.errors import raised, unsupported
from snowpipe_deploy.local.query.function import Function, either, of
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import bound
from snowpipe_deploy.local.query.translation import Rules, Translation
from snowpipe_deploy.local.query.values import as_text

TEXT, NUMBER, BOOLEAN, BINARY, ARRAY = "VARCHAR", "DECIMAL(38, 0)", "BOOLEAN", "BINARY", "ARRAY"
_DELIMITERS = ' \t\n\v\f\r!?@"^#$&~_,.:;+-*%/|\\[](){}<>'  # INITCAP begins a new word after these


def refused(what: str) -> str:
    """Engine SQL that refuses a value."""
    return raised("unsupported", "'" + what.replace("'", "''") + "'")


def joined_text(*parts: exp.Expression) -> exp.Expression:
    """NULL if one part is (DuckDB's CONCAT skips NULLs)."""
    out = parts[0]
    for part in parts[1:]:
        out = exp.DPipe(this=out, expression=part)
    return exp.Paren(this=out)


def concat(node: exp.Expression, _: Translation) -> exp.Expression:
    """`a || b`"""
    return joined_text(as_text(node.this), as_text(node.expression))


def with_separator(separator: exp.Expression, *parts: exp.Expression) -> exp.Expression:
    """CONCAT_WS is NULL if one part is."""
    out = parts[0]
    for part in parts[1:]:
        out = bound("{0} || {1} || {2}", out, separator, part)
    return bound("CASE WHEN {0} IS NOT NULL THEN {1} END", separator, out)


def part_of_text(value: exp.Expression, start: exp.Expression, *length: exp.Expression) -> exp.Expression:
    """SUBSTR; a start before the beginning is refused: what Snowflake answers is not confirmed."""
    before = refused("SUBSTR from before the beginning of a text")
    value = bound(f"CASE WHEN {{1}} < 0 AND length({{0}}) < -{{1}} THEN {before} ELSE {{0}} END", value, start)
    start = bound("CASE WHEN {0} = 0 THEN 1 ELSE {0} END", start)
    if length:
        return bound(
            "CASE WHEN {1} IS NULL THEN NULL WHEN {2} <= 0 THEN left({0}, 0) ELSE substr({0}, {1}, {2}) END",
            value,
            start,
            length[0],
        )
    return bound("substr({0}, {1})", value, start)


def searched(start: str) -> str:
    """Where {0} stands in {1} from the place `start` on; 0 where it does not."""
    return (
        f"CASE WHEN {start} < 1 THEN {refused('a search that starts before the text')} "
        f"WHEN {{0}} = '' AND {start} > 1 THEN {refused('the place of an empty text')} "
        f"WHEN instr(substr({{1}}, {start}), {{0}}) = 0 THEN 0 ELSE instr(substr({{1}}, {start}), {{0}}) + {start} - 1 END"
    )


def padded(side: str) -> str:
    return (
        f"CASE WHEN {{2}} IS NULL THEN NULL WHEN {{1}} <= 0 THEN left({{0}}, 0) WHEN {{2}} = '' THEN left({{0}}, {{1}}) "
        f"ELSE {side}({{0}}, CAST({{1}} AS INTEGER), {{2}}) END"
    )


def _ascii_only(what: str, sql: str, *holes: str) -> str:
    other = " OR ".join(f"strlen({hole}) <> length({hole})" for hole in holes)
    return f"CASE WHEN {other} THEN {refused(what)} ELSE {sql} END"


_SAME_DELIMITER = "translate({0}, {1}, repeat(left({1}, 1), length({1})))"
_TOKENS = (
    "CASE WHEN {1} = '' THEN list_filter([{0}], lambda __each: __each <> '') "
    f"ELSE list_filter(str_split({_SAME_DELIMITER}, left({{1}}, 1)), lambda __each: __each <> '') END"
)
_TOKEN = (
    f"CASE WHEN {{2}} < 1 THEN {refused('STRTOK of a part before the first')} ELSE list_extract({_TOKENS}, {{2}}) END"
)


_EMPTY = refused("STRTOK_TO_ARRAY of an empty text")
_TOKEN_ARRAY = f"CASE WHEN {{0}} = '' THEN {_EMPTY} WHEN {{0}} IS NOT NULL AND {{1}} IS NOT NULL THEN CAST(to_json({_TOKENS}) AS JSON) END"


def like(made: type[exp.Like | exp.ILike]) -> Function:
    """LIKE as a function, with an escape character or without."""

    def plain(value: exp.Expression, pattern: exp.Expression) -> exp.Expression:
        return made(this=value.copy(), expression=pattern.copy())

    def escaped(value: exp.Expression, pattern: exp.Expression, escape: exp.Expression) -> exp.Expression:
        return exp.Paren(this=exp.Escape(this=plain(value, pattern), expression=escape.copy()))

    return either(of("tt", BOOLEAN, plain), of("ttL", BOOLEAN, escaped))


def any_pattern(node: exp.Expression, _: Translation) -> exp.Expression:
    """LIKE and ILIKE, also LIKE ANY (…) and LIKE ALL (…)."""
    held = node.expression
    if kind(node.this) == "JSON":
        node.set("this", as_text(node.this))
    if not isinstance(held, exp.Any | exp.All):
        return node
    patterns = held.this.expressions if isinstance(held.this, exp.Tuple) else [held.this.this]
    if any(isinstance(pattern, exp.Query | exp.Subquery) for pattern in patterns):
        raise unsupported("LIKE ANY of a subquery")
    out = type(node)(this=node.this.copy(), expression=patterns[0].copy())
    for pattern in patterns[1:]:
        one = type(node)(this=node.this.copy(), expression=pattern.copy())
        out = exp.Or(this=out, expression=one) if isinstance(held, exp.Any) else exp.And(this=out, expression=one)
    return exp.Paren(this=out)


def _sha2(value: exp.Expression, *size: exp.Expression) -> exp.Expression:
    if size and size[0].name not in {"256", "0"}:
        raise unsupported("SHA2 of other sizes than 256")
    return bound("sha256({0})", value)


def _hex(value: exp.Expression, *case: exp.Expression) -> exp.Expression:
    if case and case[0].name not in {"0", "1"}:
        raise unsupported("HEX_ENCODE with a case that is not 0 or 1")
    return bound("lower(hex({0}))" if case and case[0].name == "0" else "hex({0})", value)


def _of_bytes(sql: str, gives: str) -> Function:
    """A function of text (of its UTF-8) or of bytes."""
    return either(of("B", gives, sql), of("t", gives, sql.replace("{0}", "encode({0})")))


_BASE64 = "CASE WHEN regexp_full_match({0}, '[A-Za-z0-9+/]*={{0,2}}') AND mod(length({0}), 4) = 0 THEN from_base64({0}) ELSE %s END"
_HEX = "CASE WHEN regexp_full_match({0}, '([0-9A-Fa-f]{{2}})*') THEN unhex({0}) ELSE %s END"
_NOT_HEX = raised("values", "'The following string is not a legal hex-encoded value: ''' || {0} || ''''")
_NOT_BASE64 = raised("values", "'The following string is not a legal base64-encoded value: ''' || {0} || ''''")

HEX_BYTES = of("s", BINARY, _HEX % _NOT_HEX)
TRY_HEX_BYTES = of("s", BINARY, _HEX % "NULL")
BASE64_BYTES = of("s", BINARY, _BASE64 % _NOT_BASE64)
TRY_BASE64_BYTES = of("s", BINARY, _BASE64 % "NULL")

_INITCAP = (
    "array_to_string(list_transform(range(1, length({0}) + 1), lambda __at: CASE WHEN __at = 1 OR contains({1}, {0}[__at - 1]) "
    "THEN upper({0}[__at]) ELSE lower({0}[__at]) END), '')"
)
_PART = (
    "CASE WHEN {2} IS NULL THEN NULL WHEN {1} = '' THEN CASE WHEN {2} IN (-1, 0, 1) THEN {0} ELSE left({0}, 0) END "
    "ELSE split_part({0}, {1}, CASE WHEN {2} = 0 THEN 1 ELSE {2} END) END"
)
_INSERTED = (
    f"CASE WHEN {{1}} < 1 OR {{1}} > length({{0}}) + 1 OR {{2}} < 0 THEN {refused('INSERT outside of the text')} "
    "ELSE left({0}, {1} - 1) || {3} || substr({0}, {1} + {2}) END"
)
_CHARACTER = (
    f"CASE WHEN {{0}} < 1 OR {{0}} > 1114111 THEN {refused('CHR of that number')} ELSE chr(CAST({{0}} AS INTEGER)) END"
)


RULES: Rules = {
    exp.DPipe: concat,
    exp.Like: any_pattern,
    exp.ILike: any_pattern,
    "CONCAT": of("t+", TEXT, joined_text),
    "CONCAT_WS": of("tt+", TEXT, with_separator),
    "LENGTH": either(of("B", NUMBER, "octet_length({0})"), of("t", NUMBER, "length({0})")),
    "OCTET_LENGTH": _of_bytes("octet_length({0})", NUMBER),
    "BIT_LENGTH": _of_bytes("8 * octet_length({0})", NUMBER),
    "RTRIMMED_LENGTH": of("t", NUMBER, "length(rtrim({0}, ' '))"),
    "UPPER": of("t", TEXT, f"CASE WHEN contains({{0}}, 'ß') THEN {refused('UPPER of ß')} ELSE upper({{0}}) END"),
    "LOWER": of("t", TEXT, f"CASE WHEN contains({{0}}, 'İ') THEN {refused('LOWER of İ')} ELSE lower({{0}}) END"),
    "INITCAP": of("tt", TEXT, _INITCAP, "'" + _DELIMITERS + "'"),
    "REVERSE": of("t", TEXT, "reverse({0})"),
    "LEFT": of("ti", TEXT, "CASE WHEN {1} <= 0 THEN left({0}, 0) ELSE left({0}, {1}) END"),
    "RIGHT": of("ti", TEXT, "CASE WHEN {1} <= 0 THEN left({0}, 0) ELSE right({0}, {1}) END"),
    "SUBSTR": either(of("ti", TEXT, part_of_text), of("tii", TEXT, part_of_text)),
    "REPEAT": of("ti", TEXT, "repeat({0}, {1})"),
    "SPACE": of("i", TEXT, "repeat(' ', {0})"),
    "LPAD": of("tit", TEXT, padded("lpad"), "' '"),
    "RPAD": of("tit", TEXT, padded("rpad"), "' '"),
    "TRIM": of("tt", TEXT, "trim({0}, {1})", "' '"),  # blanks only, not tabs or new lines, unless it is told the characters
    "LTRIM": of("tt", TEXT, "ltrim({0}, {1})", "' '"),
    "RTRIM": of("tt", TEXT, "rtrim({0}, {1})", "' '"),
    "REPLACE": of("ttt", TEXT, "replace({0}, {1}, {2})", "''"),
    "TRANSLATE": of("ttt", TEXT, "translate({0}, {1}, {2})"),
    "INSERT": of("tiit", TEXT, _INSERTED),
    "CONTAINS": of("tt", BOOLEAN, "contains({0}, {1})"),
    "STARTSWITH": of("tt", BOOLEAN, "starts_with({0}, {1})"),
    "ENDSWITH": of("tt", BOOLEAN, "ends_with({0}, {1})"),
    "CHARINDEX": either(of("tt", NUMBER, "instr({1}, {0})"), of("tti", NUMBER, searched("{2}"))),
    "LIKE": like(exp.Like),
    "ILIKE": like(exp.ILike),
    "SPLIT_PART": of("tti", TEXT, _PART),
    "STRTOK": of("tti", TEXT, _TOKEN, "' '", "1"),
    "STRTOK_TO_ARRAY": of("tt", ARRAY, _TOKEN_ARRAY, "' '"),
    "EDITDISTANCE": either(
        of("tt", NUMBER, _ascii_only("EDITDISTANCE of other than ASCII letters", "levenshtein({0}, {1})", "{0}", "{1}")),
    ),
    "ASCII": of("t", NUMBER, f"CASE WHEN ascii({{0}}) > 127 THEN {refused('ASCII of other than ASCII letters')} ELSE ascii({{0}}) END"),
    "UNICODE": of("t", NUMBER, "CASE WHEN {0} = '' THEN 0 ELSE unicode({0}) END"),
    "CHR": of("i", TEXT, _CHARACTER),
    "MD5": _of_bytes("md5({0})", TEXT),
    "MD5_BINARY": _of_bytes("unhex(md5({0}))", BINARY),
    "SHA1": _of_bytes("sha1({0})", TEXT),
    "SHA1_BINARY": _of_bytes("unhex(sha1({0}))", BINARY),
    "SHA2": either(of("t", TEXT, _sha2), of("tL", TEXT, _sha2)),
    "HEX_ENCODE": either(
        of("B", TEXT, _hex), of("BL", TEXT, _hex),
        of("t", TEXT, lambda value: bound("hex(encode({0}))", value)),
        of("tL", TEXT, lambda value, case: _hex(bound("encode({0})", value), case)),
    ),
    "HEX_DECODE_STRING": of("s", TEXT, f"decode({_HEX % _NOT_HEX})"),
    "HEX_DECODE_BINARY": HEX_BYTES,
    "TRY_HEX_DECODE_STRING": of("s", TEXT, f"TRY(decode({_HEX % 'NULL'}))"),
    "TRY_HEX_DECODE_BINARY": TRY_HEX_BYTES,
    "BASE64_ENCODE": _of_bytes("base64({0})", TEXT),
    "BASE64_DECODE_STRING": of("s", TEXT, f"decode({_BASE64 % _NOT_BASE64})"),
    "BASE64_DECODE_BINARY": BASE64_BYTES,
    "TRY_BASE64_DECODE_STRING": of("s", TEXT, f"TRY(decode({_BASE64 % 'NULL'}))"),
    "TRY_BASE64_DECODE_BINARY": TRY_BASE64_BYTES,
    "SPLIT": of(
        "tt", ARRAY,
        "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {1} = '' THEN CAST(json_array({0}) AS JSON) "
        "ELSE CAST(to_json(str_split({0}, {1})) AS JSON) END",
    ),
}  # fmt: skip
for _name, _alias in (
    ("LENGTH", "LEN"), ("LENGTH", "CHAR_LENGTH"), ("LENGTH", "CHARACTER_LENGTH"), ("SUBSTR", "SUBSTRING"), ("CHARINDEX", "POSITION"),
    ("CHR", "CHAR"), ("MD5", "MD5_HEX"), ("SHA1", "SHA1_HEX"), ("SHA2", "SHA2_HEX"),
):  # fmt: skip
    RULES[_alias] = RULES[_name]
