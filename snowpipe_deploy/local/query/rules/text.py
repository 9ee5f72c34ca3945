"""Strings and regular expressions."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.rules.conversion import as_text
from snowpipe_deploy.local.query.template import duck, text
from snowpipe_deploy.local.query.translation import Rules, Translation


def flags(node: exp.Expression) -> exp.Expression:
    """Snowflake's parameters as DuckDB's options; `.` does not match a new line unless `s` says so."""
    given = node.args.get("parameters") or node.args.get("flag") or node.args.get("modifiers")
    if given is not None and not isinstance(given, exp.Literal):
        raise unsupported("regular expression parameters that are not a literal")
    letters = given.name if given is not None else ""
    if unknown := set(letters) - set("ceimsg"):
        raise unsupported(f"regular expression parameter {''.join(sorted(unknown))!r}")
    return text(("i" if "i" in letters else "c") + ("s" if "s" in letters else "n" if "n" in letters else ""))


def _number(node: exp.Expression | None, default: int, what: str) -> int:
    if node is None:
        return default
    if isinstance(node, exp.Literal) and not node.is_string:
        return int(node.name)
    raise unsupported(f"{what} that is not a literal number")


def substring_by_pattern(node: exp.Expression, _: Translation) -> exp.Expression:
    """REGEXP_SUBSTR: NULL where nothing matches (DuckDB: an empty string)."""
    position = _number(node.args.get("position"), 1, "REGEXP_SUBSTR position")
    occurrence = _number(node.args.get("occurrence"), 1, "REGEXP_SUBSTR occurrence")
    parameters = node.args.get("parameters")
    extracts = parameters is not None and "e" in parameters.name
    # the parser writes group 0 where none is given; with 'e' that is the first one
    group = _number(node.args.get("group"), 0, "REGEXP_SUBSTR group") or int(extracts)
    subject = duck("substr({0}, {1})", node.this, exp.Literal.number(position)) if position > 1 else node.this
    return duck(
        f"list_extract(regexp_extract_all({{0}}, {{1}}, {group}, {{2}}), {occurrence})",
        subject,
        node.expression,
        flags(node),
    )


def full_match(node: exp.Expression, _: Translation) -> exp.Expression:
    """REGEXP_LIKE and RLIKE match the whole subject."""
    return duck("regexp_full_match({0}, {1}, {2})", node.this, node.expression, flags(node))


def count_matches(node: exp.Expression, _: Translation) -> exp.Expression:
    if _number(node.args.get("position"), 1, "REGEXP_COUNT position") != 1:
        raise unsupported("REGEXP_COUNT with a position")
    return duck("CAST(len(regexp_extract_all({0}, {1}, 0, {2})) AS BIGINT)", node.this, node.expression, flags(node))


def replace_pattern(node: exp.Expression, _: Translation) -> exp.Expression:
    if node.args.get("position") is not None or node.args.get("occurrence") is not None:
        raise unsupported("REGEXP_REPLACE with a position or an occurrence")
    replacement = node.args.get("replacement") or text("")
    return duck("regexp_replace({0}, {1}, {2}, 'g')", node.this, node.expression, replacement)


def concat(node: exp.Expression, _: Translation) -> exp.Expression:
    """CONCAT is NULL if one argument is (DuckDB's skips NULLs)."""
    parts = [as_text(part) for part in node.expressions]
    out = parts[0]
    for part in parts[1:]:
        out = exp.DPipe(this=out, expression=part)
    return exp.Paren(this=out)


def trimmed(node: exp.Expression, _: Translation) -> exp.Expression:
    """TRIM takes blanks only, not tabs or new lines, unless it is told the characters."""
    if node.args.get("collation") is not None:
        raise unsupported("TRIM with a collation")
    function = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(str(node.args.get("position") or ""), "trim")
    return duck(f"{function}({{0}}, {{1}})", node.this, node.args.get("expression") or text(" "))


def joined(node: exp.Expression, _: Translation) -> exp.Expression:
    """LISTAGG over nothing is an empty string (DuckDB: NULL)."""
    if isinstance(node.parent, exp.Window | exp.Filter):
        raise unsupported("LISTAGG as a window function")
    return duck("coalesce({0}, '')", node.copy())


def of_text(node: exp.Expression, _: Translation) -> exp.Expression:
    """Functions of text take any other value in its default text form."""
    if kind(node.this) not in {"TEXT", "NULL", "UNKNOWN"}:
        node.set("this", as_text(node.this))
    return node


def joined_text(node: exp.Expression, t: Translation) -> exp.Expression:
    """`a || b` is NULL if one side is."""
    return concat(exp.Concat(expressions=[node.this, node.expression]), t)


def part_of_text(node: exp.Expression, t: Translation) -> exp.Expression:
    """SUBSTR; a start before the beginning is refused: what Snowflake answers is not confirmed."""
    start = node.args.get("start")
    if not isinstance(start, exp.Literal | exp.Neg):
        return of_text(node, t)
    if isinstance(start, exp.Neg):
        node.set("this", duck(
            f"CASE WHEN length({{0}}) < {start.name} THEN error('[[unsupported|SUBSTR from before the beginning of a text]]') "
            "ELSE {0} END", as_text(node.this),
        ))  # fmt: skip
    return of_text(node, t)


def sha2(node: exp.Expression, t: Translation) -> exp.Expression:
    if _number(node.args.get("length"), 256, "SHA2 digest size") != 256:
        raise unsupported("SHA2 of other sizes than 256")
    return of_text(node, t)


RULES: Rules = {
    exp.RegexpExtract: substring_by_pattern,
    exp.RegexpLike: full_match,
    exp.RegexpCount: count_matches,
    exp.RegexpReplace: replace_pattern,
    exp.Concat: concat,
    exp.DPipe: joined_text,
    exp.Trim: trimmed,
    exp.GroupConcat: joined,
    exp.SHA2: sha2,
    exp.Substring: part_of_text,
    **dict.fromkeys(
        (exp.Length, exp.Upper, exp.Lower, exp.Left, exp.Right, exp.Replace, exp.SplitPart, exp.Contains, exp.StartsWith,
         exp.EndsWith, exp.MD5, exp.Pad, exp.Reverse),
        of_text,
    ),
}  # fmt: skip
