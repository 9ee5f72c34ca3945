"""Casts and TO_ / TRY_TO_ conversions."""

import re

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.rules.semi_structured import as_json
from snowpipe_deploy.local.query.template import duck, text
from snowpipe_deploy.local.query.translation import Rule, Rules, Translation

T = exp.DataType.Type
_OFFSET = r"(:[0-9][0-9](?:[.][0-9]+)?) *(?:Z|[+-][0-9][0-9]:?[0-9][0-9])$"
_STRFTIME = {
    "YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MM": "%m", "MON": "%b", "DD": "%d", "DY": "%a", "HH24": "%H", "HH12": "%I",
    "HH": "%H", "MI": "%M", "SS": "%S", "FF3": "%g", "FF6": "%f", "AM": "%p", "PM": "%p",
}  # fmt: skip
_ELEMENT = re.compile(
    "|".join(sorted(_STRFTIME, key=len, reverse=True)) + r'|"[^"]*"|[A-Z]+\d*|.', re.IGNORECASE | re.DOTALL
)


def strftime(fmt: str) -> str:
    """A Snowflake date format as DuckDB's; refuses elements that have no counterpart."""
    out = []
    for part in _ELEMENT.findall(fmt):
        if part.upper() in _STRFTIME:
            out.append(_STRFTIME[part.upper()])
        elif part.startswith('"') or not part.isalpha() or part == "T":
            out.append(part.strip('"').replace("%", "%%"))
        else:
            raise unsupported(f"format element {part!r}")
    return "".join(out)


def boolean_text(value: str, *, safe: bool) -> str:
    """Engine SQL of Snowflake's words for true and false, in any case."""
    bad = "NULL" if safe else f"error('[[values|Boolean value ''' || {value} || ''' is not recognized]]')"
    return (
        f"CASE WHEN {value} IS NULL THEN NULL WHEN lower({value}) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE "
        f"WHEN lower({value}) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE ELSE {bad} END"
    )


def without_offset(value: str) -> str:
    """Engine SQL: TIMESTAMP_NTZ keeps the wall time of a text and drops its offset."""
    return f"regexp_replace({value}, '{_OFFSET}', '\\1')"


def time_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a date or timestamp: ISO passes, and digits, which count the seconds since 1970
    (or, from 31536000000 on, milliseconds, microseconds, nanoseconds); what else Snowflake's AUTO format reads is refused."""
    day = "[0-9][0-9][0-9][0-9]-[0-9][0-9]?-[0-9][0-9]?"
    auto = "[0-9]+/[0-9]+/[0-9]+.*|[0-9]+-[A-Za-z]+-[0-9]+.*|[A-Za-z]+, .*|.*[.][0-9][0-9][0-9][0-9][0-9][0-9]0*[1-9].*"
    bad = "NULL" if safe else f"error('[[not_recognized_date|' || {value} || ']]')"
    refused = f"error('[[unsupported|the time ''' || {value} || ''' without a format]]')"
    counted = f"TRY_CAST(trim({value}) AS HUGEINT)"  # TRY_: the engine casts a literal before it looks at the condition
    scales = ((31536000000, 1000000), (31536000000000, 1000), (31536000000000000, 1))
    micros = " ".join(f"WHEN {counted} < {below} THEN {counted} * {factor}" for below, factor in scales)
    moment = f"CAST(make_timestamp(CAST(CASE {micros} ELSE {counted} // 1000 END AS BIGINT)) AS VARCHAR)"
    return (
        f"CASE WHEN regexp_full_match({value}, ' *[0-9]+ *') AND length(trim({value})) <= 18 THEN {moment} "
        f"WHEN regexp_full_match({value}, ' *({auto}) *') THEN {refused} "
        f"WHEN {value} IS NULL OR regexp_full_match({value}, ' *{day}([ T].*)?') THEN {value} ELSE {bad} END"
    )


def number_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a number: the engine takes 1_000, Snowflake does not."""
    bad = "NULL" if safe else f"error('[[not_recognized_number|' || {value} || ']]')"
    return f"CASE WHEN contains({value}, '_') THEN {bad} ELSE {value} END"


def as_text(value: exp.Expression) -> exp.Expression:
    """`::VARCHAR` in Snowflake's default formats."""
    match kind(value):
        case "JSON":
            whole = (
                "CASE WHEN json_type({0}) IN ('OBJECT', 'ARRAY') THEN CAST(json({0}) AS VARCHAR) ELSE {0} ->> '$' END"
            )
            return duck(whole, value)
        case "TIMESTAMP":
            return duck("strftime({0}, '%Y-%m-%d %H:%M:%S.%g')", value)
        case "INSTANT":
            raise unsupported("TIMESTAMP_LTZ as text without a format: use TO_VARCHAR(x, '<format>')")
        case "FLOAT":
            raise unsupported("FLOAT as text: cast it to NUMBER(p, s) first")
        case _:
            return duck("CAST({0} AS VARCHAR)", value)


def to_timestamp(value: exp.Expression, target: exp.DataType.Type, *, safe: bool) -> exp.Expression:
    """Text to a timestamp: TIMESTAMP_NTZ keeps the wall time and drops an offset."""
    cast = "TRY_CAST" if safe else "CAST"
    engine = "TIMESTAMPTZ" if target in {T.TIMESTAMPLTZ, T.TIMESTAMPTZ} else "TIMESTAMP"
    if target == T.TIMESTAMPTZ:
        raise unsupported("data type TIMESTAMP_TZ")
    if kind(value) not in {"JSON", "TEXT", "DATE", "TIMESTAMP", "INSTANT", "NULL"}:
        raise unsupported(
            f"{kind(value).lower()} as a timestamp: {value.sql('snowflake')[:60]!r}; cast it to text first"
        )
    if kind(value) in {"JSON", "TEXT"}:
        value = duck(time_text("{0}", safe=safe), duck("{0} ->> '$'", value) if kind(value) == "JSON" else value)
        if engine == "TIMESTAMP":
            value = duck(without_offset("{0}"), value)
    return duck(f"{cast}({{0}} AS {engine})", value)


def converted(value: exp.Expression, target: exp.DataType, *, safe: bool) -> exp.Expression:
    """CAST or TRY_CAST of a value to a type as it stands in the text."""
    this, sizes = target.this, [p.name for p in target.find_all(exp.DataTypeParam)]
    cast = "TRY_CAST" if safe else "CAST"
    if this in {T.VARIANT, T.OBJECT, T.ARRAY, T.JSON}:
        return as_json(value)
    if this in {T.VARCHAR, T.TEXT, T.CHAR, T.NVARCHAR, T.NCHAR}:
        length = sizes[0] if sizes else ("1" if this in {T.CHAR, T.NCHAR} else "")
        plain = as_text(value)
        if length and kind(value) != "TEXT":  # text is cut, anything else must fit
            return duck(
                f"CASE WHEN length({{0}}) > {length} THEN error('[[too_long|' || {{0}} || ']]') ELSE {{0}} END", plain
            )
        return duck(f"left({{0}}, {length})", plain) if length else plain
    if this in {T.TIMESTAMP, T.TIMESTAMPNTZ, T.TIMESTAMPLTZ, T.TIMESTAMPTZ, T.DATETIME}:
        return to_timestamp(value, this, safe=safe)
    if kind(value) == "JSON":
        value = duck("{0} ->> '$'", value)
        value.type = exp.DataType.build("varchar")
    if this == T.BOOLEAN and kind(value) == "TEXT":
        return duck(boolean_text("{0}", safe=safe), value)
    if kind(value) == "TEXT":
        value = (
            duck((time_text if this == T.DATE else number_text)("{0}", safe=safe), value) if this != T.TIME else value
        )
    elif this == T.DATE and kind(value) not in {"DATE", "TIMESTAMP", "INSTANT", "NULL"}:
        raise unsupported(f"{kind(value).lower()} as a date")
    elif this not in {T.DATE, T.TIME} and kind(value) in {"DATE", "TIME", "TIMESTAMP", "INSTANT"}:
        raise unsupported(f"{kind(value).lower()} as {this.value.lower()}")
    engine = {
        T.DECIMAL: f"DECIMAL({sizes[0] if sizes else 38},{sizes[1] if len(sizes) > 1 else 0})", T.INT: "DECIMAL(38,0)",
        T.BIGINT: "DECIMAL(38,0)", T.SMALLINT: "DECIMAL(38,0)", T.TINYINT: "DECIMAL(38,0)", T.BOOLEAN: "BOOLEAN",
        T.FLOAT: "DOUBLE", T.DOUBLE: "DOUBLE", T.DATE: "DATE", T.TIME: "TIME",
    }.get(this)  # fmt: skip
    if engine is None:
        raise unsupported(f"a cast to {target.sql('snowflake')}")
    return duck(f"{cast}({{0}} AS {engine})", value)


def cast(node: exp.Expression, _: Translation) -> exp.Expression:
    return converted(node.this, node.args["to"], safe=isinstance(node, exp.TryCast))


def to_char(node: exp.Expression, _: Translation) -> exp.Expression:
    fmt = node.args.get("format")
    if fmt is None:
        return as_text(node.this)
    if kind(node.this) not in {"DATE", "TIMESTAMP", "INSTANT"}:
        raise unsupported(f"TO_CHAR of {kind(node.this).lower()} with a format")
    if not isinstance(fmt, exp.Literal):
        raise unsupported("a format that is not a literal")
    value = node.this if kind(node.this) != "INSTANT" else duck("CAST({0} AS TIMESTAMP)", node.this)
    return duck("strftime({0}, {1})", value, text(strftime(fmt.name)))


def to_text(node: exp.Expression, _: Translation) -> exp.Expression:
    """TO_CHAR(time, format), whose format the parser has already made one of strftime."""
    if kind(node.this) not in {"DATE", "TIMESTAMP", "INSTANT"}:
        raise unsupported(f"TO_CHAR of {kind(node.this).lower()} with a format")
    value = node.this if kind(node.this) != "INSTANT" else duck("CAST({0} AS TIMESTAMP)", node.this)
    return duck("strftime({0}, {1})", value, _python(node.args["format"]))


def to_date(node: exp.Expression, _: Translation) -> exp.Expression:
    safe = bool(node.args.get("safe"))
    fmt = node.args.get("format")
    if fmt is None:
        return converted(node.this, exp.DataType.build("date"), safe=safe)
    if kind(node.this) not in {"TEXT", "NULL"}:
        raise unsupported(f"TO_DATE of {kind(node.this).lower()} with a format")
    function = "try_strptime" if safe else "strptime"
    return duck(f"CAST({function}({{0}}, {{1}}) AS DATE)", node.this, _python(fmt))


def to_time(node: exp.Expression, _: Translation) -> exp.Expression:
    """TO_TIMESTAMP_…(text, format)."""
    function = "try_strptime" if node.args.get("safe") else "strptime"
    target = node.args.get("target_type")
    moment = duck(f"{function}({{0}}, {{1}})", node.this, _python(node.args["format"]))
    if target is not None and target.this == T.TIMESTAMPLTZ:
        return duck("CAST({0} AS TIMESTAMPTZ)", moment)
    return moment


def _python(fmt: exp.Expression) -> exp.Expression:
    """The parser has already made the format one of strptime; what it did not know stayed as letters."""
    known = fmt.name.replace("%f_three", "%g").replace("%-", "%") if isinstance(fmt, exp.Literal) else "?"
    if re.search(r"(?<!%)[A-SU-Za-z?]|%z", known):
        raise unsupported(f"format {fmt.sql('snowflake')}")
    return text(known)


def to_number(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.args.get("format") is not None:
        raise unsupported("TO_NUMBER with a format")
    sizes = [
        str(node.args[k].name) if node.args.get(k) is not None else d for k, d in (("precision", "38"), ("scale", "0"))
    ]
    return converted(node.this, exp.DataType.build(f"decimal({', '.join(sizes)})"), safe=bool(node.args.get("safe")))


def to_double(node: exp.Expression, _: Translation) -> exp.Expression:
    return converted(node.this, exp.DataType.build("double"), safe=bool(node.args.get("safe")))


def boolean(node: exp.Expression, _: Translation) -> exp.Expression:
    return converted(node.this, exp.DataType.build("boolean"), safe=bool(node.args.get("safe")))


def _named(target: exp.DataType.Type, *, safe: bool) -> Rule:
    def rule(node: exp.Expression, _: Translation) -> exp.Expression:
        if len(node.expressions) != 1:
            raise unsupported(f"{node.name} with {len(node.expressions)} arguments")
        return to_timestamp(node.expressions[0], target, safe=safe)

    return rule


RULES: Rules = {
    exp.Cast: cast,
    exp.TryCast: cast,
    exp.ToChar: to_char,
    exp.TimeToStr: to_text,
    exp.TsOrDsToDate: to_date,
    exp.StrToTime: to_time,
    exp.ToNumber: to_number,
    exp.ToDouble: to_double,
    exp.ToBoolean: boolean,
    exp.ToVariant: lambda node, _: as_json(node.this),
    **{
        f"{prefix}TO_{word}": _named(target, safe=bool(prefix))
        for prefix in ("", "TRY_")
        for word, target in (
            ("TIMESTAMP", T.TIMESTAMPNTZ),
            ("TIMESTAMP_NTZ", T.TIMESTAMPNTZ),
            ("TIMESTAMP_LTZ", T.TIMESTAMPLTZ),
        )
    },
}
