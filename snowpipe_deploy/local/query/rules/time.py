"""Dates and times. The account's clock says what now is."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Rules, Translation, same

_STEPS = {
    "YEAR": "to_years({0})", "QUARTER": "to_months(3 * {0})", "MONTH": "to_months({0})", "WEEK": "to_days(7 * {0})",
    "DAY": "to_days({0})", "HOUR": "to_hours({0})", "MINUTE": "to_minutes({0})", "SECOND": "to_seconds({0})",
    "MILLISECOND": "to_milliseconds({0})",
}  # fmt: skip
_WHOLE_DAYS = frozenset({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY"})
_SHORT = {"YYYY": "YEAR", "YY": "YEAR", "MM": "MONTH", "MON": "MONTH", "DD": "DAY", "D": "DAY", "HH": "HOUR", "MI": "MINUTE",
          "SS": "SECOND", "SEC": "SECOND", "MS": "MILLISECOND", "MIN": "MINUTE", "WK": "WEEK", "W": "WEEK"}  # fmt: skip


def unit(node: exp.Expression, what: str) -> str:
    """The date part, in its long form; refuses those we do not know."""
    written = node.name.upper() if node is not None else "DAY"
    long = _SHORT.get(written, written[:-1] if written.endswith("S") and written != "SS" else written)
    if long not in _STEPS:
        raise unsupported(f"{what} by {written}")
    return long


def moment(node: exp.Expression) -> exp.Expression:
    """Text where a time is wanted is read as a timestamp."""
    return duck("CAST({0} AS TIMESTAMP)", node) if kind(node) == "TEXT" else node


def add(node: exp.Expression, _: Translation) -> exp.Expression:
    """DATEADD: a DATE stays a DATE for whole days."""
    part = unit(node.args["unit"], "DATEADD")
    count = duck("CAST({0} AS INTEGER)", node.expression)
    moved = duck(f"{{0}} + {_STEPS[part].replace('{0}', '{1}')}", moment(node.this), count)
    return duck("CAST({0} AS DATE)", moved) if kind(node.this) == "DATE" and part in _WHOLE_DAYS else moved


def difference(node: exp.Expression, _: Translation) -> exp.Expression:
    """DATEDIFF counts the boundaries crossed."""
    part = unit(node.args["unit"], "DATEDIFF")
    if part == "WEEK":  # the engine counts whole weeks, not Mondays passed
        return duck(
            "date_diff('day', date_trunc('week', {0}), date_trunc('week', {1})) // 7",
            moment(node.expression),
            moment(node.this),
        )
    return duck(f"date_diff('{part.lower()}', {{0}}, {{1}})", moment(node.expression), moment(node.this))


def truncate(node: exp.Expression, _: Translation) -> exp.Expression:
    part = unit(node.args["unit"], "DATE_TRUNC")
    cut = duck(f"date_trunc('{part.lower()}', {{0}})", moment(node.this))
    return duck("CAST({0} AS DATE)", cut) if kind(node.this) == "DATE" else cut


def part_of(node: exp.Expression, _: Translation) -> exp.Expression:
    name = node.this.name.upper()
    if name in {"EPOCH_SECOND", "EPOCH"}:
        return duck("CAST(floor(epoch({0})) AS BIGINT)", node.expression)
    part = unit(node.this, "DATE_PART")
    if part == "MILLISECOND":
        raise unsupported("DATE_PART by MILLISECOND")
    return duck(f"date_part('{part.lower()}', {{0}})", moment(node.expression))


def last_day(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.args.get("unit") is not None and unit(node.args["unit"], "LAST_DAY") != "MONTH":
        raise unsupported(f"LAST_DAY of the {node.args['unit'].name}")
    return duck("last_day(CAST({0} AS DATE))", node.this)


def moved(node: exp.Expression, _: Translation) -> exp.Expression:
    """DATE + INTERVAL of whole days is a DATE; DATE + n counts days."""
    sides = (node.this, node.expression)
    interval = next((side for side in sides if isinstance(side, exp.Interval)), None)
    kinds = {kind(side) for side in sides}
    if interval is not None and "DATE" in kinds and unit(interval.args.get("unit"), "INTERVAL") in _WHOLE_DAYS:
        out = node.copy()
        return duck("CAST({0} AS DATE)", out)
    if interval is None and kinds & {"DATE", "TIMESTAMP", "INSTANT"} and not kinds <= {"DATE", "NUMBER", "NULL"}:
        raise unsupported(f"{node.sql('snowflake')!r}: use DATEADD or DATEDIFF")
    return node


def now(node: exp.Expression, _: Translation) -> exp.Expression:
    instant = duck("CAST(getvariable('now') AS TIMESTAMPTZ)")
    return duck("CAST({0} AS TIMESTAMP)", instant) if node.args.get("sysdate") else instant


def today(_: exp.Expression, __: Translation) -> exp.Expression:
    return duck("CAST(CAST(getvariable('now') AS TIMESTAMPTZ) AS DATE)")


RULES: Rules = {
    exp.DateAdd: add,
    exp.TsOrDsAdd: add,
    exp.TimestampAdd: add,
    exp.DateDiff: difference,
    exp.TimestampDiff: difference,
    exp.TimestampTrunc: truncate,
    exp.DateTrunc: truncate,
    exp.Extract: part_of,
    exp.CurrentTimestamp: now,
    exp.Localtimestamp: now,
    exp.CurrentDate: today,
    exp.Year: same,
    exp.Month: same,
    exp.Day: same,
    exp.Quarter: same,
    exp.Hour: same,
    exp.Minute: same,
    exp.Second: same,
    exp.DayOfWeekIso: same,
    exp.DayOfYear: same,
    exp.WeekOfYear: same,
    exp.Dayname: same,
    exp.Monthname: same,
    exp.LastDay: last_day,
    exp.Add: moved,
    exp.Sub: moved,
}
