"""Regular expressions: RE2 reads Snowflake's as they stand."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.function import Function, either, of
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.rules.text import ARRAY, BOOLEAN, NUMBER, TEXT, refused
from snowpipe_deploy.local.query.template import bound, text
from snowpipe_deploy.local.query.translation import Rules, Translation
from snowpipe_deploy.local.query.values import as_text


def options(given: exp.Expression | None) -> str:
    """Snowflake's parameters as DuckDB's options; `.` does not match a new line unless `s` says so. The last of `c` and `i` counts."""
    letters = given.name if given is not None else ""
    if unknown := set(letters) - set("ceims"):
        raise unsupported(f"regular expression parameter {''.join(sorted(unknown))!r}")
    case = next((letter for letter in reversed(letters) if letter in "ci"), "c")
    return case + ("s" if "s" in letters else "n")


def lines(pattern: exp.Expression, given: exp.Expression | None) -> exp.Expression:
    """With `m`, ^ and $ match at each line."""
    return bound("'(?m)' || {0}", pattern) if given is not None and "m" in given.name else pattern


def number(node: exp.Expression | None, default: int) -> int:
    if node is None:
        return default
    if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
        return int(node.name)
    raise unsupported(f"{node.sql('snowflake')} in a regular expression function: a whole number is expected")


def from_position(subject: exp.Expression, pattern: exp.Expression, position: int) -> exp.Expression:
    """The rest of the subject; what is before it must not matter to the pattern."""
    if position < 1:
        raise unsupported("a regular expression from a position before 1")
    if position == 1:
        return subject
    if not isinstance(pattern, exp.Literal) or "^" in pattern.name or "\\b" in pattern.name or "\\B" in pattern.name:
        raise unsupported("a position together with a pattern that looks at what is before it")
    return bound("substr({0}, {1})", subject, exp.Literal.number(position))


def _found(subject: exp.Expression, pattern: exp.Expression, rest: tuple[exp.Expression, ...]) -> exp.Expression:
    """All that REGEXP_SUBSTR could answer, as a list."""
    position, _, parameters, group = (*rest, None, None, None, None)[:4]
    extracts = parameters is not None and "e" in parameters.name
    wanted = number(group, 1 if extracts else 0)
    return bound(
        f"regexp_extract_all({{0}}, {{1}}, {wanted}, '{options(parameters)}')",
        from_position(subject, pattern, number(position, 1)), lines(pattern, parameters),
    )  # fmt: skip


def substring(subject: exp.Expression, pattern: exp.Expression, *rest: exp.Expression) -> exp.Expression:
    """REGEXP_SUBSTR: NULL where nothing matches."""
    occurrence = number(rest[1] if len(rest) > 1 else None, 1)
    if occurrence < 1:
        raise unsupported("REGEXP_SUBSTR of an occurrence before the first")
    return bound(f"list_extract({{0}}, {occurrence})", _found(subject, pattern, rest))


def substrings(subject: exp.Expression, pattern: exp.Expression, *rest: exp.Expression) -> exp.Expression:
    first = number(rest[1] if len(rest) > 1 else None, 1)
    found = _found(subject, pattern, rest)
    return bound(
        f"CASE WHEN {{0}} IS NOT NULL THEN CAST(to_json(list_slice({{0}}, {first}, 2147483647)) AS JSON) END", found
    )


def matched(subject: exp.Expression, pattern: exp.Expression, *parameters: exp.Expression) -> exp.Expression:
    """REGEXP_LIKE and RLIKE match the whole subject."""
    given = parameters[0] if parameters else None
    return bound(f"regexp_full_match({{0}}, {{1}}, '{options(given)}')", subject, lines(pattern, given))


def operator(node: exp.Expression, _: Translation) -> exp.Expression:
    """`x RLIKE p`."""
    if not {kind(node.this), kind(node.expression)} <= {"TEXT", "JSON", "NULL"}:
        raise unsupported(f"RLIKE of {kind(node.this).lower()}")
    return matched(as_text(node.this), as_text(node.expression))


def counted(subject: exp.Expression, pattern: exp.Expression, *rest: exp.Expression) -> exp.Expression:
    position, parameters = (*rest, None, None)[:2]
    return bound(
        f"len(regexp_extract_all({{0}}, {{1}}, 0, '{options(parameters)}'))",
        from_position(subject, pattern, number(position, 1)), lines(pattern, parameters),
    )  # fmt: skip


_OF_NOTHING = refused("a pattern that also matches an empty text")


def replaced(subject: exp.Expression, pattern: exp.Expression, *rest: exp.Expression) -> exp.Expression:
    """REGEXP_REPLACE of all occurrences (0), or of the first; engines differ on what matches nothing at all."""
    replacement, position, occurrence, parameters = (*rest, None, None, None, None)[:4]
    if number(position, 1) != 1 or number(occurrence, 0) > 1:
        raise unsupported("REGEXP_REPLACE from a position, or of a later occurrence")
    flags = options(parameters) + ("g" if number(occurrence, 0) == 0 else "")
    return bound(
        f"CASE WHEN {{2}} <> '' AND regexp_matches('', {{1}}) THEN {_OF_NOTHING} ELSE regexp_replace({{0}}, {{1}}, {{2}}, '{flags}') END",
        subject, lines(pattern, parameters), replacement if replacement is not None else text(""),
    )  # fmt: skip


def place(subject: exp.Expression, pattern: exp.Expression, *rest: exp.Expression) -> exp.Expression:
    """REGEXP_INSTR: where an occurrence begins (option 0) or what follows it (1); 0 where there is none."""
    position, occurrence, option, parameters, group = (*rest, None, None, None, None, None)[:5]
    if group is not None or (parameters is not None and set(parameters.name) - {"c"}):
        raise unsupported("REGEXP_INSTR with parameters or a group")
    start, nth, after = number(position, 1), number(occurrence, 1), number(option, 0)
    if nth < 1 or after not in {0, 1}:
        raise unsupported("REGEXP_INSTR of that occurrence or option")
    before = f"list_slice(string_split_regex({{0}}, {{1}}), 1, {nth})"
    matches = f"list_slice(regexp_extract_all({{0}}, {{1}}), 1, {nth - 1 + after})"
    lengths = " + ".join(
        f"coalesce(list_sum(list_transform({parts}, lambda __each: length(__each))), 0)" for parts in (before, matches)
    )
    return bound(
        f"CASE WHEN {{0}} IS NULL OR {{1}} IS NULL THEN NULL WHEN regexp_matches('', {{1}}) THEN {_OF_NOTHING} "
        f"WHEN len(regexp_extract_all({{0}}, {{1}})) < {nth} THEN 0 ELSE CAST({lengths} + {start} AS BIGINT) END",
        from_position(subject, pattern, start), pattern,
    )  # fmt: skip


def _called(takes: str, optional: str, gives: str, sql: object) -> Function:
    """A function whose last arguments may be left out."""
    return either(*(of(takes + optional[:count], gives, sql) for count in range(len(optional) + 1)))  # type: ignore[arg-type]


RULES: Rules = {
    exp.RegexpLike: operator,
    "REGEXP_LIKE": _called("tt", "L", BOOLEAN, matched),
    "RLIKE": _called("tt", "L", BOOLEAN, matched),
    "REGEXP_SUBSTR": _called("tt", "LLLL", TEXT, substring),
    "REGEXP_SUBSTR_ALL": _called("tt", "LLLL", ARRAY, substrings),
    "REGEXP_COUNT": _called("tt", "LL", NUMBER, counted),
    "REGEXP_REPLACE": _called("tt", "tLLL", TEXT, replaced),
    "REGEXP_INSTR": _called("tt", "LLLLL", NUMBER, place),
}
RULES["REGEXP_EXTRACT_ALL"] = RULES["REGEXP_SUBSTR_ALL"]
