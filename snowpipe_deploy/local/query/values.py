"""Values of one kind as another: engine expressions that several families and the COPY of files share."""

from sqlglot import exp

from snowpipe_deploy.local.errors import raised, unsupported
from snowpipe_deploy.local.query import zoned
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import bound, duck
from snowpipe_deploy.types import DataType

_OFFSET = r"(:[0-9][0-9](?:[.][0-9]+)?) *(?:[Zz]|[+-][0-9][0-9]:?[0-9][0-9]) *$"
# the parts of a time as text, in classes alone: braces would be holes of a template
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]?-[0-9][0-9]?"
_HOUR = "[0-9][0-9]?"
_CLOCK = f"{_HOUR}:[0-9][0-9]?(:[0-9][0-9]?([.][0-9]+)?)?"
_ZONE = " *([Zz]|[+-][0-9][0-9]:?[0-9][0-9])"


def as_json(node: exp.Expression) -> exp.Expression:
    """Any value as a VARIANT; SQL NULL stays NULL."""
    base = kind(node)
    return node if base == "JSON" else bound(_variant("{0}", base, scale(node)), node)


def variant_text(value: str, source: DataType) -> str:
    """Engine SQL of a value of this type as a VARIANT."""
    base = {"VARCHAR": "TEXT", "TIMESTAMP_NTZ": "TIMESTAMP", "TIMESTAMP_LTZ": "INSTANT", "TIMESTAMP_TZ": "ZONED"}.get(
        source.base, source.base
    )
    return _variant(value, base, source.sizes[1] if base == "NUMBER" else 0)


def _variant(value: str, base: str, digits: int) -> str:
    """A time in a VARIANT is a text here: one with digits that the text would lose is refused."""
    told = value
    match base:
        case "DATE":
            told = f"CAST({value} AS VARCHAR)"
        case "TIME":
            told = (
                f"CASE WHEN microsecond({value}) % 1000000 <> 0 THEN {_LOST} ELSE left(CAST({value} AS VARCHAR), 8) END"
            )
        case "BINARY":
            raise unsupported("BINARY in a VARIANT: use HEX_ENCODE")
        case "FLOAT":
            raise unsupported("FLOAT in a VARIANT: cast it to NUMBER(p, s) first")
        case "NUMBER":  # the engine's to_json would go through a float
            told = f"CAST({value} AS VARCHAR)"
            if digits:
                told = f"regexp_replace({told}, '[.]?0+$', '')"
            fine = f"length(ltrim(translate({told}, '-.', ''), '0')) <= CASE WHEN contains({told}, '.') THEN 15 ELSE 19 END"
            return f"CASE WHEN {value} IS NULL THEN NULL WHEN {fine} THEN CAST({told} AS JSON) ELSE {_TOO_EXACT} END"
        case "TIMESTAMP":
            told = f"CASE WHEN microsecond({value}) % 1000 <> 0 THEN {_LOST} ELSE strftime({value}, '%Y-%m-%d %H:%M:%S.%g') END"
        case "ZONED":
            raise unsupported("TIMESTAMP_TZ in a VARIANT: cast it to VARCHAR first")
        case "INSTANT":
            raise unsupported("TIMESTAMP_LTZ in a VARIANT: use TO_VARCHAR(x, '<format>')")
    return f"CASE WHEN {value} IS NULL THEN NULL ELSE CAST(to_json({told}) AS JSON) END"


_TOO_EXACT = raised("unsupported", "'a number of more than 15 digits in a VARIANT (19 without a point)'")
_LOST = raised("unsupported", "'a time with a fraction of its seconds in a VARIANT: use TO_VARCHAR'")


def boolean_text(value: str, *, safe: bool) -> str:
    """Engine SQL of Snowflake's words for true and false, in any case."""
    bad = "NULL" if safe else f"error('[[values|Boolean value ''' || {value} || ''' is not recognized]]')"
    return (
        f"CASE WHEN {value} IS NULL THEN NULL WHEN lower({value}) IN ('true', 't', 'yes', 'y', 'on', '1') THEN TRUE "
        f"WHEN lower({value}) IN ('false', 'f', 'no', 'n', 'off', '0') THEN FALSE ELSE {bad} END"
    )


# what nearly all texts of times look like: what they mean needs no further look
_USUAL = (
    "[1-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
    "([ T](?:[01][0-9]|2[0-3]):[0-9][0-9]:[0-9][0-9]([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?)?Z?)?"
)


def wall_time_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a TIMESTAMP_NTZ, which keeps the wall time and drops an offset."""
    wall = f"regexp_replace({time_text(value, safe=safe)}, '{_OFFSET}', '\\1')"
    return f"CASE WHEN regexp_full_match({value}, '{_USUAL}') THEN {value} ELSE {wall} END"


def instant_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a TIMESTAMP_LTZ, with an offset that the engine reads: `+02:00` right behind the time."""
    told = time_text(value, safe=safe)
    told = f"regexp_replace({told}, '(:[0-9][0-9](?:[.][0-9]+)?) *[Zz] *$', '\\1+00:00')"
    told = f"regexp_replace({told}, '(:[0-9][0-9](?:[.][0-9]+)?) *([+-][0-9][0-9]):?([0-9][0-9]) *$', '\\1\\2:\\3')"
    return f"CASE WHEN regexp_full_match({value}, '{_USUAL}') THEN {value} ELSE {told} END"


def date_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a date. Which day a time with an offset falls on is not confirmed: refused."""
    refused = f"error('[[unsupported|the date ''' || {value} || ''' with an offset]]')"
    return f"CASE WHEN regexp_full_match({value}, ' *{_DAY}[ T]{_CLOCK}{_ZONE} *') THEN {refused} ELSE {time_text(value, safe=safe)} END"


def clock_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a TIME: hours and minutes, or digits, which count seconds."""
    bad = "NULL" if safe else f"error('[[not_recognized_date|' || {value} || ']]')"
    refused = f"error('[[unsupported|the time ''' || {value} || ''' without a format]]')"
    counted = f"strftime(make_timestamp(TRY_CAST(trim({value}) AS BIGINT) * 1000000), '%H:%M:%S')"
    unsure = f"[0-9]+|{_DAY}[ T].*|{_HOUR}(:.*)? *[AaPp][Mm]|{_CLOCK}{_ZONE}|.*[.][0-9][0-9][0-9][0-9][0-9][0-9]0*[1-9]"
    clock = f"{_HOUR}:[0-9][0-9]?(:[0-9][0-9]?([.][0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?0*)?)?"
    return (
        f"CASE WHEN {value} IS NULL OR regexp_full_match({value}, ' *{clock} *') "
        f"THEN {value} WHEN regexp_full_match({value}, ' *[0-9][0-9]?[0-9]?[0-9]?[0-9]? *') THEN {counted} "
        f"WHEN regexp_full_match({value}, ' *({unsure}) *') THEN {refused} ELSE {bad} END"
    )


def cut(value: str, digits: int) -> str:
    """Engine SQL of a time with so many digits of its seconds: what is behind them is cut off, not rounded."""
    return f"({value} - to_microseconds(microsecond({value}) % {10 ** (6 - digits)}))"


def time_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a date or timestamp: ISO passes, and digits, which count the seconds since 1970
    (or, from 31536000000 on, milliseconds, microseconds, nanoseconds); what else Snowflake's AUTO format reads is refused."""
    auto = "[0-9]+/[0-9]+/[0-9]+.*|[0-9]+-[A-Za-z]+-[0-9]+.*|[A-Za-z]+, .*|.*[.][0-9][0-9][0-9][0-9][0-9][0-9]0*[1-9].*"
    auto += "|0000-.*|.*[ T]24:.*"  # the engine reads them: as a year before Christ, and as the next day
    auto += f"|-[0-9]+|{_DAY}[ T]{_HOUR}(:.*)? *[AaPp][Mm]|{_DAY}[ T]{_HOUR}(:.*)? *[+-][0-9][0-9]?"
    bad = "NULL" if safe else f"error('[[not_recognized_date|' || {value} || ']]')"
    refused = f"error('[[unsupported|the time ''' || {value} || ''' without a format]]')"
    counted = f"TRY_CAST(trim({value}) AS HUGEINT)"  # TRY_: the engine casts a literal before it looks at the condition
    scales = ((31536000000, 1000000), (31536000000000, 1000), (31536000000000000, 1))
    micros = " ".join(f"WHEN {counted} < {below} THEN {counted} * {factor}" for below, factor in scales)
    moment = f"CAST(make_timestamp(CAST(CASE {micros} ELSE {counted} // 1000 END AS BIGINT)) AS VARCHAR)"
    return (
        f"CASE WHEN regexp_full_match({value}, ' *[0-9]+ *') AND length(trim({value})) <= 19 THEN {moment} "
        f"WHEN regexp_full_match({value}, ' *({auto}) *') THEN {refused} "
        f"WHEN regexp_full_match({value}, ' *{_DAY}[ T]{_HOUR} *') THEN trim({value}) || ':00' "
        f"WHEN {value} IS NULL OR regexp_full_match({value}, ' *{_DAY}([ T]{_CLOCK}({_ZONE})?)? *') THEN {value} ELSE {bad} END"
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
        case "ZONED":
            return bound(zoned.as_text("{0}"), value)
        case "INSTANT":
            raise unsupported("TIMESTAMP_LTZ as text without a format: use TO_VARCHAR(x, '<format>')")
        case "TIME":
            return duck("left(CAST({0} AS VARCHAR), 8)", value)
        case "BINARY":
            return duck("hex({0})", value)
        case "FLOAT":
            raise unsupported("FLOAT as text: cast it to NUMBER(p, s) first")
        case _:
            return duck("CAST({0} AS VARCHAR)", value)


def moment(value: exp.Expression, *, safe: bool) -> exp.Expression:
    """Text as TIMESTAMP_NTZ, which keeps the wall time and drops an offset."""
    cast = "TRY_CAST" if safe else "CAST"
    return duck(f"{cast}({{0}} AS TIMESTAMP)", duck(wall_time_text("{0}", safe=safe), value))
