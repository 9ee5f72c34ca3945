"""Casts and TO_ / TRY_TO_ conversions."""

import re

from sqlglot import exp

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query import zoned
from snowpipe_deploy.local.query.function import Function, Nodes, either, of
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.rules.text import BASE64_BYTES, HEX_BYTES, TRY_BASE64_BYTES, TRY_HEX_BYTES
from snowpipe_deploy.local.query.template import bound, duck, text
from snowpipe_deploy.local.query.translation import Rules, Translation
from snowpipe_deploy.local.query.values import (
    as_json,
    as_text,
    boolean_text,
    clock_text,
    cut,
    date_text,
    instant_text,
    number_text,
    wall_time_text,
)

T = exp.DataType.Type
_BY_NAME = {T.BINARY: "BINARY", T.VARBINARY: "BINARY"}
_STRFTIME = {
    "YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MM": "%m", "MON": "%b", "DD": "%d", "DY": "%a", "HH24": "%H", "HH12": "%I",
    "HH": "%H", "MI": "%M", "SS": "%S", "FF3": "%g", "FF6": "%f", "FF9": "%n", "FF": "%n", "AM": "%p", "PM": "%p", "T": "T",
}  # fmt: skip
_ELEMENT = re.compile(
    r"FF\d|" + "|".join(sorted(_STRFTIME, key=len, reverse=True)) + r'|"[^"]*"|[A-Z]+\d*|.', re.IGNORECASE | re.DOTALL
)


def strftime(fmt: str) -> str:
    """A Snowflake date format as DuckDB's; refuses elements that have no counterpart."""
    out = []
    for part in _ELEMENT.findall(fmt):
        if part.upper() in _STRFTIME:
            out.append(_STRFTIME[part.upper()])
        elif part.startswith('"') or not part[0].isalpha():
            out.append(part.strip('"').replace("%", "%%"))
        else:
            raise unsupported(f"format element {part!r}")
    return "".join(out)


def to_timestamp(value: exp.Expression, target: exp.DataType.Type, *, safe: bool) -> exp.Expression:
    """Text to a timestamp: TIMESTAMP_NTZ keeps the wall time and drops an offset."""
    cast = "TRY_CAST" if safe else "CAST"
    if target == T.TIMESTAMPTZ:
        return to_zoned(value, safe=safe)
    if kind(value) == "ZONED":
        return bound((zoned.instant if target == T.TIMESTAMPLTZ else zoned.wall_time)("{0}"), value)
    engine = "TIMESTAMPTZ" if target == T.TIMESTAMPLTZ else "TIMESTAMP"
    if kind(value) not in {"JSON", "TEXT", "DATE", "TIMESTAMP", "INSTANT", "NULL"}:
        raise unsupported(
            f"{kind(value).lower()} as a timestamp: {value.sql('snowflake')[:60]!r}; cast it to text first"
        )
    if kind(value) in {"JSON", "TEXT"}:
        told = (wall_time_text if engine == "TIMESTAMP" else instant_text)("{0}", safe=safe)
        value = duck(told, duck("{0} ->> '$'", value) if kind(value) == "JSON" else value)
    return duck(f"{cast}({{0}} AS {engine})", value)


def to_zoned(value: exp.Expression, *, safe: bool = False) -> exp.Expression:
    """A time with the offset of its text; without one, with that of the session."""
    if kind(value) in {"JSON", "TEXT"}:
        text = duck("{0} ->> '$'", value) if kind(value) == "JSON" else value
        wall = f"{'TRY_CAST' if safe else 'CAST'}({wall_time_text('{0}', safe=safe)} AS TIMESTAMP)"
        return bound(zoned.of_text("{0}", wall), text)
    if kind(value) in {"DATE", "TIMESTAMP", "INSTANT", "NULL"}:
        return bound(zoned.of_moment("{0}"), value)
    if kind(value) != "ZONED":
        raise unsupported(
            f"{kind(value).lower()} as a timestamp: {value.sql('snowflake')[:60]!r}; cast it to text first"
        )
    return value


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
        return _cut(to_timestamp(value, this, safe=safe), sizes, zoned=this == T.TIMESTAMPTZ)
    if kind(value) == "JSON":
        value = duck("{0} ->> '$'", value)
        value.type = exp.DataType.build("varchar")
    if kind(value) == "ZONED" and this in {T.DATE, T.TIME}:
        value = bound(zoned.wall_time("{0}"), value)
        value.type = exp.DataType.build("timestampntz")
    if this in _BY_NAME and not sizes and kind(value) in {"TEXT", "BINARY", "NULL"}:  # text is read as HEX
        decoder = TRY_HEX_BYTES if safe else HEX_BYTES
        of_text = kind(value) == "TEXT"
        return decoder.signatures[0].made([value]) if of_text else duck("CAST({0} AS BLOB)", value)
    if "BINARY" in {kind(value), _BY_NAME.get(this)} and kind(value) != "NULL":
        raise unsupported(f"a cast of {kind(value).lower()} to {target.sql('snowflake')}: use TO_BINARY or TO_VARCHAR")
    if this == T.BOOLEAN and kind(value) == "TEXT":
        return duck(boolean_text("{0}", safe=safe), value)
    if kind(value) == "TEXT":
        value = duck({T.DATE: date_text, T.TIME: clock_text}.get(this, number_text)("{0}", safe=safe), value)
    elif this == T.DATE and kind(value) not in {"DATE", "TIMESTAMP", "INSTANT", "NULL"}:
        raise unsupported(f"{kind(value).lower()} as a date")
    elif this not in {T.DATE, T.TIME} and kind(value) in {"DATE", "TIME", "TIMESTAMP", "INSTANT", "ZONED"}:
        raise unsupported(f"{kind(value).lower()} as {this.value.lower()}")
    engine = {
        T.DECIMAL: f"DECIMAL({sizes[0] if sizes else 38},{sizes[1] if len(sizes) > 1 else 0})", T.INT: "DECIMAL(38,0)",
        T.BIGINT: "DECIMAL(38,0)", T.SMALLINT: "DECIMAL(38,0)", T.TINYINT: "DECIMAL(38,0)", T.BOOLEAN: "BOOLEAN",
        T.FLOAT: "DOUBLE", T.DOUBLE: "DOUBLE", T.DATE: "DATE", T.TIME: "TIME",
    }.get(this)  # fmt: skip
    if engine is None:
        raise unsupported(f"a cast to {target.sql('snowflake')}")
    made = duck(f"{cast}({{0}} AS {engine})", value)
    return _cut(made, sizes) if this == T.TIME else made


def _cut(value: exp.Expression, sizes: list[str], *, zoned: bool = False) -> exp.Expression:
    """A time with the digits of its type."""
    if not sizes or int(sizes[0]) >= 6:
        return value
    if zoned:
        raise unsupported("TIMESTAMP_TZ with fewer than six digits of its seconds")
    return bound(cut("{0}", int(sizes[0])), value)


def cast(node: exp.Expression, _: Translation) -> exp.Expression:
    if isinstance(node, exp.TryCast) and kind(node.this) not in {"TEXT", "NULL", "UNKNOWN"}:
        raise sql_error(
            "argument_types", f"TRY_CAST takes text, not {kind(node.this).lower().replace('json', 'variant')}"
        )
    return converted(node.this, node.args["to"], safe=isinstance(node, exp.TryCast))


def try_boolean(node: exp.Expression, _: Translation) -> exp.Expression:
    """TRY_CAST(x AS BOOLEAN), which the parser writes so."""
    return converted(node.this, exp.DataType.build("boolean"), safe=bool(node.args.get("safe")))


# -- by name -----------------------------------------------------------------------------------------------------------


def _parsed_by(value: exp.Expression, fmt: exp.Expression, *, safe: bool, clock: bool = False) -> exp.Expression:
    """Text as a timestamp (or as the `clock` alone) by a format that is written out."""
    given = strftime(fmt.name)
    if not clock and not re.search("%[Yy]", given):  # the engine's year would be 1900
        raise unsupported(f"format {fmt.name!r} without a year, for reading")
    if "%n" in given:  # nanoseconds
        raise unsupported(f"format {fmt.name!r} for reading")
    found = duck(f"{'try_strptime' if safe else 'strptime'}({{0}}, {{1}})", value, text(given))
    # two digits of a year begin with 1970 (TWO_DIGIT_CENTURY_START), in the engine with 1969
    return (
        bound("CASE WHEN year({0}) = 1969 THEN {0} + INTERVAL 100 YEAR ELSE {0} END", found) if "%y" in given else found
    )


def _is_auto(fmt: exp.Expression) -> bool:
    return bool(fmt.name.upper() == "AUTO")


def _formatted(value: exp.Expression, fmt: exp.Expression) -> exp.Expression:
    """TO_CHAR(time, format)"""
    return duck("strftime({0}, {1})", value, text(strftime(fmt.name)))


def _time_formatted(value: exp.Expression, fmt: exp.Expression) -> exp.Expression:
    return _formatted(duck("DATE '2000-01-01' + {0}", value), fmt)


def _binary_text(value: exp.Expression, fmt: exp.Expression) -> exp.Expression:
    match fmt.name.upper():
        case "HEX":
            return duck("hex({0})", value)
        case "BASE64":
            return duck("base64({0})", value)
        case "UTF-8" | "UTF8":
            return duck("decode({0})", value)
    raise unsupported(f"format {fmt.name!r} of a BINARY")


def _binary(*, safe: bool) -> Function:
    def made(value: exp.Expression, *fmt: exp.Expression) -> exp.Expression:
        match fmt[0].name.upper() if fmt else "HEX":
            case "HEX":
                decoder = TRY_HEX_BYTES if safe else HEX_BYTES
            case "BASE64":
                decoder = TRY_BASE64_BYTES if safe else BASE64_BYTES
            case "UTF-8" | "UTF8":
                return duck("encode({0})", value)
            case other:
                raise unsupported(f"format {other!r} of a BINARY")
        return decoder.signatures[0].made([value])

    return either(of("s", "BINARY", made), of("sL", "BINARY", made))


def _date(*, safe: bool) -> Function:
    date = exp.DataType.build("date")

    def plain(value: exp.Expression) -> exp.Expression:
        return converted(value, date, safe=safe)

    def by_format(value: exp.Expression, fmt: exp.Expression) -> exp.Expression:
        if _is_auto(fmt):
            return plain(value)
        return duck("CAST({0} AS DATE)", _parsed_by(value, fmt, safe=safe))

    others = (
        () if safe else (of("D", "DATE", plain), of("T", "DATE", plain), of("I", "DATE", plain), of("j", "DATE", plain))
    )
    return either(of("s", "DATE", plain), of("sL", "DATE", by_format), *others)


def _time(*, safe: bool) -> Function:
    time = exp.DataType.build("time")

    def plain(value: exp.Expression) -> exp.Expression:
        return converted(value, time, safe=safe)

    def by_format(value: exp.Expression, fmt: exp.Expression) -> exp.Expression:
        return duck("CAST({0} AS TIME)", _parsed_by(value, fmt, safe=safe, clock=True))

    others = () if safe else (of("Z", "TIME", plain), of("T", "TIME", plain))
    return either(of("s", "TIME", plain), of("sL", "TIME", by_format), *others)


_PER_SECOND = {"0": "* 1000000", "3": "* 1000", "6": "", "9": "// 1000"}


def _timestamp(target: exp.DataType.Type, gives: str, *, safe: bool) -> Function:
    engine = "TIMESTAMPTZ" if target == T.TIMESTAMPLTZ else "TIMESTAMP"

    def plain(value: exp.Expression) -> exp.Expression:
        return to_timestamp(value, target, safe=safe)

    def by_format(value: exp.Expression, fmt: exp.Expression) -> exp.Expression:
        if _is_auto(fmt):
            return plain(value)
        return held(_parsed_by(value, fmt, safe=safe))

    def held(moment: exp.Expression) -> exp.Expression:
        return (
            bound(zoned.of_moment("{0}"), moment)
            if target == T.TIMESTAMPTZ
            else duck(f"CAST({{0}} AS {engine})", moment)
        )

    def counted(value: exp.Expression, *digits: exp.Expression) -> exp.Expression:
        """Seconds since 1970, or the given digits of them."""
        given = digits[0].name if digits else "0"
        if scale(value) or given not in _PER_SECOND:
            raise unsupported("a timestamp of a number with a fraction, or with a scale that is not 0, 3, 6 or 9")
        return held(duck(f"make_timestamp(CAST({{0}} AS BIGINT) {_PER_SECOND[given]})", value))

    others = (
        ()
        if safe
        else (*(of(each, gives, plain) for each in "DTIj"), of("k", gives, counted), of("kL", gives, counted))
    )
    return either(of("s", gives, plain), of("sL", gives, by_format), *others)


def _number_type(given: Nodes) -> str:
    sizes = [argument.sql() for argument in given[1:]]
    if not all(size.isdigit() for size in sizes):
        return "DECIMAL(38, 0)"
    return f"DECIMAL({', '.join((*sizes, '38', '0')[:2] if len(sizes) != 1 else (sizes[0], '0'))})"


def _number(*, safe: bool) -> Function:
    def made(*given: exp.Expression) -> exp.Expression:
        if any(not argument.sql().isdigit() for argument in given[1:]):
            raise unsupported("TO_NUMBER with a format")
        return converted(given[0], exp.DataType.build(_number_type(list(given))), safe=safe)

    kinds = "s" if safe else "snj"
    return either(*(of(each + sizes, _number_type, made) for each in kinds for sizes in ("", "L", "LL")))


def _to(name: str, kinds: str, *, safe: bool) -> Function:
    target = exp.DataType.build(name)

    def made(value: exp.Expression) -> exp.Expression:
        return converted(value, target, safe=safe)

    return either(*(of(each, name, made) for each in kinds))


_STAMPS = {"TIMESTAMP": (T.TIMESTAMPNTZ, "TIMESTAMP_NTZ"), "TIMESTAMP_NTZ": (T.TIMESTAMPNTZ, "TIMESTAMP_NTZ"),
           "TIMESTAMP_LTZ": (T.TIMESTAMPLTZ, "TIMESTAMP_LTZ"), "TIMESTAMP_TZ": (T.TIMESTAMPTZ, "TIMESTAMP_TZ")}  # fmt: skip
_TO_CHAR = either(
    of("B", "VARCHAR", "hex({0})"), of("BL", "VARCHAR", _binary_text), of("t", "VARCHAR", "{0}"),
    of("DL", "VARCHAR", _formatted), of("TL", "VARCHAR", _formatted), of("ZL", "VARCHAR", _time_formatted),
    of("IL", "VARCHAR", lambda value, fmt: _formatted(duck("CAST({0} AS TIMESTAMP)", value), fmt)),
)  # fmt: skip
RULES: Rules = {
    exp.Cast: cast,
    exp.TryCast: cast,
    exp.ToBoolean: try_boolean,
    "TO_CHAR": _TO_CHAR,
    "TO_VARCHAR": _TO_CHAR,
    "TO_BINARY": _binary(safe=False),
    "TRY_TO_BINARY": _binary(safe=True),
    "DATE": _date(safe=False),
    "TO_DATE": _date(safe=False),
    "TRY_TO_DATE": _date(safe=True),
    "TIME": _time(safe=False),
    "TO_TIME": _time(safe=False),
    "TRY_TO_TIME": _time(safe=True),
    **{f"{prefix}TO_{word}": _timestamp(*target, safe=bool(prefix)) for prefix in ("", "TRY_") for word, target in _STAMPS.items()},
    **{f"{prefix}TO_{word}": _number(safe=bool(prefix)) for prefix in ("", "TRY_") for word in ("NUMBER", "DECIMAL", "NUMERIC")},
    "TO_DOUBLE": _to("double", "snj", safe=False),
    "TRY_TO_DOUBLE": _to("double", "s", safe=True),
    "TO_BOOLEAN": _to("boolean", "sbnj", safe=False),
    "TRY_TO_BOOLEAN": _to("boolean", "s", safe=True),
    "TO_VARIANT": of("v", "VARIANT", "{0}"),
}  # fmt: skip
