"""Dates and times. The account's clock says what now is, its zone is UTC."""

from collections.abc import Container

from sqlglot import exp

from snowpipe_deploy.local.errors import raised, unsupported
from snowpipe_deploy.local.query.function import Function, Nodes, Special, either, of
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.rules.numeric import cut, of_literals
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Rule, Rules, Translation
from snowpipe_deploy.local.query.values import moment

DATE, NUMBER, TEXT = "DATE", "DECIMAL(38, 0)", "VARCHAR"
NTZ, LTZ, TIME = "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIME"
_STEPS = {
    "YEAR": "to_years({1})", "QUARTER": "to_months(3 * {1})", "MONTH": "to_months({1})", "WEEK": "to_days(7 * {1})",
    "DAY": "to_days({1})", "HOUR": "to_hours({1})", "MINUTE": "to_minutes({1})", "SECOND": "to_seconds({1})",
    "MILLISECOND": "to_milliseconds({1})", "MICROSECOND": "to_microseconds({1})",
}  # fmt: skip
_WHOLE_DAYS = frozenset({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY"})
# every spelling that Snowflake knows, of what can be moved, counted and cut
_SPELLED = {
    "YEAR": "Y YY YYY YYYY YR YEARS YRS", "QUARTER": "Q QTR QTRS QUARTERS", "MONTH": "MM MON MONS MONTHS",
    "WEEK": "W WK WEEKOFYEAR WOY WY", "DAY": "D DD DAYS DAYOFMONTH", "HOUR": "H HH HR HOURS HRS",
    "MINUTE": "M MI MIN MINUTES MINS", "SECOND": "S SEC SECONDS SECS", "MILLISECOND": "MS MSEC MILLISECONDS",
    "MICROSECOND": "US USEC MICROSECONDS",
    "DAYOFWEEK": "WEEKDAY DOW DW", "DAYOFWEEKISO": "WEEKDAY_ISO DAYOFWEEK_ISO DOW_ISO DW_ISO", "DAYOFYEAR": "YEARDAY DOY DY",
    "WEEKISO": "WEEK_ISO WEEKOFYEARISO WEEKOFYEAR_ISO", "YEAROFWEEK": "", "YEAROFWEEKISO": "",
    "EPOCH_SECOND": "EPOCH EPOCH_SECONDS", "EPOCH_MILLISECOND": "EPOCH_MILLISECONDS", "EPOCH_MICROSECOND": "EPOCH_MICROSECONDS",
    "NANOSECOND": "NS NSEC NANOSEC NSECOND NANOSECONDS NANOSECS NSECONDS",
}  # fmt: skip
_LONG = {short: long for long, spelled in _SPELLED.items() for short in (long, *spelled.split())}
# what DATE_PART answers; the week parameters of the session are as they are by default, that is ISO
_PARTS = {
    "YEAR": "year({0})", "QUARTER": "quarter({0})", "MONTH": "month({0})", "WEEK": "date_part('week', {0})", "DAY": "day({0})",
    "HOUR": "hour({0})", "MINUTE": "minute({0})", "SECOND": "second({0})", "DAYOFWEEK": "date_part('dow', {0})",
    "DAYOFWEEKISO": "date_part('isodow', {0})", "DAYOFYEAR": "date_part('doy', {0})", "WEEKISO": "date_part('week', {0})",
    "YEAROFWEEK": "date_part('isoyear', {0})", "YEAROFWEEKISO": "date_part('isoyear', {0})",
    "NANOSECOND": "(date_part('microsecond', {0}) % 1000000) * 1000",
    "EPOCH_SECOND": "epoch_us({0}) // 1000000 - CASE WHEN epoch_us({0}) < 0 AND epoch_us({0}) % 1000000 <> 0 THEN 1 ELSE 0 END",
    "EPOCH_MILLISECOND": "epoch_us({0}) // 1000 - CASE WHEN epoch_us({0}) < 0 AND epoch_us({0}) % 1000 <> 0 THEN 1 ELSE 0 END",
    "EPOCH_MICROSECOND": "epoch_us({0})",
}  # fmt: skip
_OF_A_TIME = ("HOUR", "MINUTE", "SECOND", "NANOSECOND")


def unit(node: exp.Expression | None, what: str, known: Container[str] = _STEPS) -> str:
    """The part of a date, in its long form; refuses those that are not known."""
    written = node.name.upper() if node is not None else "several parts"
    long = _LONG.get(written, "")
    if long not in known:
        raise unsupported(f"{what} by {written}")
    return long


def _as_moment(node: exp.Expression) -> exp.Expression:
    """Text where a time is wanted is read as TIMESTAMP_NTZ."""
    return moment(node, safe=False) if kind(node) == "TEXT" else node


# -- moving and counting ---------------------------------------------------------------------------------------------


def _moved_type(given: Nodes) -> str:
    of_date = kind(given[2])
    if of_date == "DATE":
        return DATE if _LONG.get(given[0].name.upper()) in _WHOLE_DAYS else NTZ
    return {"INSTANT": LTZ, "TIME": TIME}.get(of_date, NTZ)


def _added(part: exp.Expression, count: exp.Expression, value: exp.Expression) -> exp.Expression:
    """DATEADD: a DATE stays a DATE for whole days; the last day of a month that is too short, where the day is missing."""
    step = unit(part, "DATEADD")
    if kind(value) == "TIME" and step in _WHOLE_DAYS:
        raise unsupported(f"DATEADD of a TIME by {step}")
    out = duck(f"{{0}} + {_STEPS[step]}", _as_moment(value), duck("CAST({0} AS INTEGER)", count))
    return duck("CAST({0} AS DATE)", out) if kind(value) == "DATE" and step in _WHOLE_DAYS else out


def _difference(part: exp.Expression, left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """DATEDIFF counts the boundaries that were passed."""
    step = unit(part, "DATEDIFF")
    if "TIME" in {kind(left), kind(right)}:
        if {kind(left), kind(right)} - {"TIME", "NULL"} or step in _WHOLE_DAYS:
            raise unsupported(f"DATEDIFF of a TIME by {step}, or with what is no TIME")
        left, right = (duck("DATE '2000-01-01' + {0}", side) for side in (left, right))
    else:
        left, right = (duck("CAST({0} AS TIMESTAMP)", _as_moment(side)) for side in (left, right))
    if step == "WEEK":  # the engine counts whole weeks, not Mondays passed
        return duck("date_diff('day', date_trunc('week', {0}), date_trunc('week', {1})) // 7", left, right)
    return duck(f"date_diff('{step.lower()}', {{0}}, {{1}})", left, right)


def _truncated(part: exp.Expression, value: exp.Expression) -> exp.Expression:
    """DATE_TRUNC: the type stays."""
    step = unit(part, "DATE_TRUNC")
    if kind(value) == "TIME":
        if step in _WHOLE_DAYS:
            raise unsupported(f"DATE_TRUNC of a TIME to the {step}")
        return duck(f"CAST(date_trunc('{step.lower()}', DATE '2000-01-01' + {{0}}) AS TIME)", value)
    cut = duck(f"date_trunc('{step.lower()}', {{0}})", _as_moment(value))
    return duck("CAST({0} AS DATE)", cut) if kind(value) == "DATE" else cut


def truncated(value: exp.Expression, part: exp.Expression) -> exp.Expression:
    """TRUNC(date, part)"""
    return _truncated(part, value)


_MONTH_END = "CAST(last_day(CAST({0} AS DATE)) AS DATE) = CAST({0} AS DATE)"


def _months_added(value: exp.Expression, count: exp.Expression) -> exp.Expression:
    """ADD_MONTHS: the last day of a month goes to the last day of a month."""
    value = _as_moment(value)
    day = "last_day(CAST({0} + to_months(CAST({1} AS INTEGER)) AS DATE))"
    moved = "{0} + to_months(CAST({1} AS INTEGER))"
    if kind(value) == "DATE":
        return duck(f"CAST(CASE WHEN {_MONTH_END} THEN {day} ELSE CAST({moved} AS DATE) END AS DATE)", value, count)
    return duck(
        f"CASE WHEN {_MONTH_END} THEN {day} + ({{0}} - date_trunc('day', {{0}})) ELSE {moved} END", value, count
    )


_CLOCK_TIME = "epoch_us({0} - date_trunc('day', {0}))"
_BOTH_LAST = "(last_day(CAST({0} AS DATE)) = CAST({0} AS DATE) AND last_day(CAST({1} AS DATE)) = CAST({1} AS DATE))"
_MONTHS = "((year({0}) - year({1})) * 12 + month({0}) - month({1}))"
_MICROSECONDS = f"((day({{0}}) - day({{1}})) * 86400000000 + {_CLOCK_TIME} - {_CLOCK_TIME.replace('{0}', '{1}')})"
# whole months from the same day to the same day, or from the last to the last; else the rest counts by months of 31 days
_MONTHS_BETWEEN = (
    f"CASE WHEN day({{0}}) = day({{1}}) OR {_BOTH_LAST} THEN CAST({_MONTHS} AS DECIMAL(38,6)) "
    f"ELSE CAST({_MONTHS} + {_MICROSECONDS} / 2678400000000.0::DOUBLE AS DECIMAL(38,6)) END"
)


def _last_day(value: exp.Expression, *part: exp.Expression) -> exp.Expression:
    step = unit(part[0], "LAST_DAY", ("YEAR", "QUARTER", "MONTH", "WEEK")) if part else "MONTH"
    after = {"YEAR": "to_years(1)", "QUARTER": "to_months(3)", "MONTH": "to_months(1)", "WEEK": "to_days(7)"}[step]
    return duck(f"CAST(date_trunc('{step.lower()}', {{0}}) + {after} - to_days(1) AS DATE)", value)


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMED_DAY = (
    "CASE left(upper(trim({1})), 2) " + " ".join(f"WHEN '{day}' THEN {i}" for i, day in enumerate(_DAYS, 1))
    + " ELSE " + raised("unsupported", "'the day of week ''' || {1} || ''''") + " END"
)  # fmt: skip
_WEEKDAY = "date_part('isodow', {0})"
_NEXT = f"CAST(CAST({{0}} AS DATE) + CAST((({_NAMED_DAY} - {_WEEKDAY} + 6) % 7) + 1 AS INTEGER) AS DATE)"
_PREVIOUS = f"CAST(CAST({{0}} AS DATE) - CAST((({_WEEKDAY} - {_NAMED_DAY} + 6) % 7) + 1 AS INTEGER) AS DATE)"


def _sliced(
    value: exp.Expression, length: exp.Expression, part: exp.Expression, *edge: exp.Expression
) -> exp.Expression:
    """TIME_SLICE, counted from 1970-01-01."""
    step = unit(part, "TIME_SLICE", ("YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"))
    where = edge[0].name.upper() if edge else "START"
    if where not in {"START", "END"} or not length.name.isdigit() or length.name == "0":
        raise unsupported("TIME_SLICE with that length or edge")
    if kind(value) == "DATE" and step not in _WHOLE_DAYS:
        raise unsupported(f"TIME_SLICE of a DATE by {step}")
    interval = _STEPS[step].replace("{1}", length.name)
    cut = f"time_bucket({interval}, CAST({{0}} AS TIMESTAMP), TIMESTAMP '1970-01-01')"
    out = duck(f"{cut} + {interval}" if where == "END" else cut, value)
    return duck("CAST({0} AS DATE)", out) if kind(value) == "DATE" else out


# -- parts -----------------------------------------------------------------------------------------------------------


def _of(part: str) -> Function:
    """YEAR(x) …; those of the time of day also of a TIME."""
    if part in _OF_A_TIME:
        return either(
            of("w", NUMBER, _PARTS[part]), of("Z", NUMBER, _PARTS[part]), of("s", NUMBER, _text_first(_PARTS[part]))
        )
    return either(of("w", NUMBER, _PARTS[part]), of("s", NUMBER, _text_first(_PARTS[part])))


def _text_first(sql: str):  # type: ignore[no-untyped-def]
    return lambda value: duck(sql, moment(value, safe=False))


def _part(part: exp.Expression, value: exp.Expression) -> exp.Expression:
    name = unit(part, "DATE_PART", _OF_A_TIME if kind(value) == "TIME" else _PARTS)
    return duck(_PARTS[name], _as_moment(value))


def extracted(node: exp.Expression, _: Translation) -> exp.Expression:
    """EXTRACT(part FROM x)"""
    value = node.expression
    if kind(value) not in {"DATE", "TIMESTAMP", "INSTANT", "TIME", "NULL", "TEXT"}:
        raise unsupported(f"EXTRACT from {kind(value).lower()}")
    value = duck("CAST({0} AS TIMESTAMP)", value) if kind(value) in {"INSTANT", "DATE", "NULL"} else value
    return _part(node.this, value)


# -- from parts --------------------------------------------------------------------------------------------------------

_DATE = "CAST(make_date(CAST({0} AS BIGINT), 1, 1) + to_months(CAST({1} - 1 AS INTEGER)) + to_days(CAST({2} - 1 AS INTEGER)) AS DATE)"
_MICROS = (
    "CASE WHEN {6} % 1000 <> 0 THEN "
    + raised("unsupported", "'nanoseconds'")
    + " ELSE to_microseconds(CAST({6} // 1000 AS BIGINT)) END"
)
_CLOCK = f"to_hours(CAST({{3}} AS INTEGER)) + to_minutes(CAST({{4}} AS INTEGER)) + to_seconds(CAST({{5}} AS INTEGER)) + {_MICROS}"
_STAMP = f"{_DATE} + {_CLOCK}"
_TIME = "TIME '00:00:00' + " + _CLOCK.replace("{3}", "{0}").replace("{4}", "{1}").replace("{5}", "{2}").replace(
    "{6}", "{3}"
)


# -- zones and now -----------------------------------------------------------------------------------------------------

_CONVERTED = "({2} AT TIME ZONE {0}) AT TIME ZONE {1}"


def moved(node: exp.Expression, _: Translation) -> exp.Expression:
    """DATE + INTERVAL of whole days is a DATE; DATE + n counts days; DATE - DATE are days."""
    sides = (node.this, node.expression)
    interval = next((side for side in sides if isinstance(side, exp.Interval)), None)
    kinds = {kind(side) for side in sides}
    if interval is not None and "." in interval.this.name:
        raise unsupported(f"{interval.sql('snowflake')}: an interval with a fraction")
    if interval is not None and "DATE" in kinds and unit(interval.args.get("unit"), "INTERVAL") in _WHOLE_DAYS:
        return duck("CAST({0} AS DATE)", node.copy())
    if (
        interval is None
        and kinds & {"DATE", "TIMESTAMP", "INSTANT", "TIME"}
        and not kinds <= {"DATE", "NUMBER", "NULL"}
    ):
        raise unsupported(f"{node.sql('snowflake')!r}: use DATEADD or DATEDIFF")
    return of_literals(node)


def now(_: exp.Expression, __: Translation) -> exp.Expression:
    return duck("CAST(getvariable('now') AS TIMESTAMPTZ)")


def today(_: exp.Expression, __: Translation) -> exp.Expression:
    return duck("CAST(CAST(getvariable('now') AS TIMESTAMPTZ) AS DATE)")


def _said(sql: str) -> Rule:
    def rule(node: exp.Expression, _: Translation) -> exp.Expression:
        if node.expressions or (node.args.get("this") is not None and not isinstance(node, exp.Anonymous)):
            raise unsupported(f"{node.name or node.key} with arguments")
        return duck(sql)

    return rule


_NOW = "CAST(getvariable('now') AS TIMESTAMPTZ)"
_DATEADD = either(*(of(f"Pk{value}", _moved_type, _added) for value in "DTIZs"))
_DATEDIFF = either(*(of(f"P{left}{right}", NUMBER, _difference) for left in "DTIZs" for right in "DTIZs"))
_STAMPED = either(
    of("iiiiiii", NTZ, _STAMP, "0"),
    of("DZ", NTZ, "{0} + {1}"),
)

RULES: Rules = {
    exp.Extract: extracted,
    exp.CurrentTimestamp: now,
    exp.Localtimestamp: now,
    exp.CurrentDate: today,
    exp.Localtime: _said(f"CAST(CAST({_NOW} AS TIMESTAMP) AS TIME)"),
    exp.Add: moved,
    exp.Sub: moved,
    "DATEADD": _DATEADD,
    "TIMEADD": _DATEADD,
    "TIMESTAMPADD": _DATEADD,
    "DATEDIFF": _DATEDIFF,
    "TIMEDIFF": _DATEDIFF,
    "TIMESTAMPDIFF": _DATEDIFF,
    "DATE_TRUNC": either(
        of("PD", DATE, _truncated), of("PT", NTZ, _truncated), of("PI", LTZ, _truncated), of("PZ", TIME, _truncated),
        of("Ps", NTZ, _truncated),
    ),
    "TRUNC": either(cut("trunc"), of("DP", DATE, truncated), of("TP", NTZ, truncated), of("IP", LTZ, truncated), of("ZP", TIME, truncated)),
    "DATE_PART": either(of("Pw", NUMBER, _part), of("PZ", NUMBER, _part), of("Ps", NUMBER, _part)),
    **{part: _of(part) for part in (
        "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "DAYOFWEEK", "DAYOFWEEKISO", "DAYOFYEAR", "WEEKISO",
        "YEAROFWEEK", "YEAROFWEEKISO",
    )},
    "DAYOFMONTH": _of("DAY"),
    "WEEKOFYEAR": _of("WEEK"),
    "DAYNAME": of("w", TEXT, "strftime({0}, '%a')"),
    "MONTHNAME": of("w", TEXT, "strftime({0}, '%b')"),
    "LAST_DAY": either(of("w", DATE, _last_day), of("wP", DATE, _last_day)),
    "NEXT_DAY": of("ws", DATE, _NEXT),
    "PREVIOUS_DAY": of("ws", DATE, _PREVIOUS),
    "ADD_MONTHS": either(of("Dk", DATE, _months_added), of("Tk", NTZ, _months_added), of("sk", NTZ, _months_added)),
    "MONTHS_BETWEEN": of("ww", "DECIMAL(38, 6)", _MONTHS_BETWEEN),
    "DATE_FROM_PARTS": of("iii", DATE, _DATE),
    "TIME_FROM_PARTS": of("iiii", TIME, _TIME, "0"),
    "TIMESTAMP_NTZ_FROM_PARTS": _STAMPED,
    "TIMESTAMP_LTZ_FROM_PARTS": of("iiiiiii", LTZ, f"CAST({_STAMP} AS TIMESTAMPTZ)", "0"),
    "TIME_SLICE": either(*(of(f"{value}LP{edge}", gives, _sliced) for value, gives in (("D", DATE), ("T", NTZ)) for edge in ("", "L"))),
    "CONVERT_TIMEZONE": of("ssT", NTZ, _CONVERTED),
    "SYSDATE": Special(_said(f"CAST({_NOW} AS TIMESTAMP)"), NTZ),
    "GETDATE": Special(_said(_NOW), LTZ),
    "SYSTIMESTAMP": Special(_said(_NOW), LTZ),
}  # fmt: skip
for _name, _alias in (
    ("TRUNC", "TRUNCATE"), ("DATE_FROM_PARTS", "DATEFROMPARTS"), ("TIME_FROM_PARTS", "TIMEFROMPARTS"),
    ("TIMESTAMP_NTZ_FROM_PARTS", "TIMESTAMP_FROM_PARTS"),
    ("TIMESTAMP_NTZ_FROM_PARTS", "TIMESTAMPNTZFROMPARTS"), ("TIMESTAMP_NTZ_FROM_PARTS", "TIMESTAMPFROMPARTS"),
    ("TIMESTAMP_LTZ_FROM_PARTS", "TIMESTAMPLTZFROMPARTS"),
):  # fmt: skip
    RULES[_alias] = RULES[_name]
