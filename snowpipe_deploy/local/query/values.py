"""Values of one kind as another: engine expressions that several families and the COPY of files share."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query import zoned
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import bound, duck

_OFFSET = r"(:[0-9][0-9](?:[.][0-9]+)?) *(?:Z|[+-][0-9][0-9]:?[0-9][0-9])$"


def as_json(node: exp.Expression) -> exp.Expression:
    """Any value as a VARIANT; SQL NULL stays NULL."""
    if kind(node) == "JSON":
        return node
    match kind(node):
        case "DATE":
            node = duck("CAST({0} AS VARCHAR)", node)
        case "TIME":
            node = duck("left(CAST({0} AS VARCHAR), 8)", node)
        case "BINARY":
            raise unsupported("BINARY in a VARIANT: use HEX_ENCODE")
        case "FLOAT":
            raise unsupported("FLOAT in a VARIANT: cast it to NUMBER(p, s) first")
        case "NUMBER":  # the engine's to_json would go through a float
            digits = (
                "CAST({0} AS VARCHAR)" if not scale(node) else "regexp_replace(CAST({0} AS VARCHAR), '[.]?0+$', '')"
            )
            return duck(f"CAST({digits} AS JSON)", node)
        case "TIMESTAMP":
            node = duck("strftime({0}, '%Y-%m-%d %H:%M:%S.%g')", node)
        case "ZONED":
            raise unsupported("TIMESTAMP_TZ in a VARIANT: cast it to VARCHAR first")
        case "INSTANT":
            raise unsupported("TIMESTAMP_LTZ in a VARIANT: use TO_VARCHAR(x, '<format>')")
    return duck("CASE WHEN {0} IS NULL THEN NULL ELSE CAST(to_json({0}) AS JSON) END", node)


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


def time_text(value: str, *, safe: bool) -> str:
    """Engine SQL of text about to become a date or timestamp: ISO passes, and digits, which count the seconds since 1970
    (or, from 31536000000 on, milliseconds, microseconds, nanoseconds); what else Snowflake's AUTO format reads is refused."""
    day = "[0-9][0-9][0-9][0-9]-[0-9][0-9]?-[0-9][0-9]?"
    auto = "[0-9]+/[0-9]+/[0-9]+.*|[0-9]+-[A-Za-z]+-[0-9]+.*|[A-Za-z]+, .*|.*[.][0-9][0-9][0-9][0-9][0-9][0-9]0*[1-9].*"
    auto += "|0000-.*|.*[ T]24:.*"  # the engine reads them: as a year before Christ, and as the next day
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
