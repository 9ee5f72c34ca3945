"""Choosing between values, and logic with whole numbers for truth."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.fixed_point import one_scale, results
from snowpipe_deploy.local.query.function import Nodes, Special, either, of
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Rules, Translation

BOOLEAN = "BOOLEAN"


def chosen(node: exp.Expression, _: Translation) -> exp.Expression:
    """CASE, IFF, COALESCE …: numbers of several scales answer with the widest."""
    if isinstance(node, exp.If) and isinstance(node.parent, exp.Case):
        return node
    before = [part for part in results(node) if isinstance(part, exp.Expression)]
    for old, new in zip(before, one_scale(before), strict=True):
        if new is not old:
            new.type = exp.DataType.build(f"DECIMAL(38, {max(scale(part) for part in before)})", dialect="snowflake")
            old.replace(new)
    return node


def _type(node: exp.Expression) -> str:
    """Of the answers of DECODE: the widest number, or what all of them are."""
    answers = [each for each in _answers(node.expressions) if kind(each) != "NULL"]
    kinds = {kind(each) for each in answers}
    if not answers:
        return "VARCHAR"
    if kinds == {"NUMBER"}:
        return f"DECIMAL(38, {max(scale(each) for each in answers)})"
    held = answers[0].type
    return "DOUBLE" if kinds == {"NUMBER", "FLOAT"} else (held.sql("snowflake") if held is not None else "VARCHAR")


def _answers(given: Nodes) -> Nodes:
    pairs = given[1:]
    return pairs[1::2] + (pairs[-1:] if len(pairs) % 2 else [])


def decode(node: exp.Expression, _: Translation) -> exp.Expression:
    """DECODE(x, search, answer, …, otherwise): NULL is found by NULL."""
    given = node.expressions
    if len(given) < 3:
        raise unsupported("DECODE of less than three arguments")
    searched, pairs = given[0], given[1:]
    sought = pairs[0 : len(pairs) // 2 * 2 : 2]
    for group in ([searched, *sought], _answers(given)):
        if len({kind(each) for each in group} - {"NULL"}) > 1 or any(kind(each) == "UNKNOWN" for each in group):
            raise unsupported("DECODE of values of several kinds: write them with ::<type>")
    if kind(searched) == "JSON" or any(kind(each) == "JSON" for each in sought):
        raise unsupported("DECODE of a VARIANT without a cast: write it with ::<type>")
    holes = [f"WHEN {{0}} IS NOT DISTINCT FROM {{{2 * i + 1}}} THEN {{{2 * i + 2}}}" for i in range(len(sought))]
    otherwise = f"ELSE {{{len(pairs)}}}" if len(pairs) % 2 else ""
    answers = one_scale(_answers(given))
    given = [given[0], *(part for pair in zip(sought, answers, strict=False) for part in pair), *answers[len(sought) :]]
    return duck(f"CASE {' '.join(holes)} {otherwise} END", *given)


def _logic(sql: str):  # type: ignore[no-untyped-def]
    """Numbers count as TRUE unless they are zero when rounded to a whole one."""

    def made(*given: exp.Expression) -> exp.Expression:
        return duck(
            sql,
            *(
                duck("CAST(round({0}) AS BIGINT) <> 0", each) if kind(each) in {"NUMBER", "FLOAT"} else each
                for each in given
            ),
        )

    pairs = [of(f"{a}{b}", BOOLEAN, made) for a in "kb" for b in "kb"]
    return either(*pairs) if "{1}" in sql else either(of("k", BOOLEAN, made), of("b", BOOLEAN, made))


RULES: Rules = {
    **dict.fromkeys((exp.Case, exp.If, exp.Coalesce, exp.Nvl2, exp.Greatest, exp.Least, exp.Lag, exp.Lead), chosen),
    "DECODE": Special(decode, _type),
    "BOOLAND": _logic("({0}) AND ({1})"),
    "BOOLOR": _logic("({0}) OR ({1})"),
    "BOOLXOR": _logic("({0}) <> ({1})"),
    "BOOLNOT": _logic("NOT ({0})"),
}
