"""Snowflake text to a tree in which every function stands under the name that was written."""

import re
from collections.abc import Container
from itertools import pairwise

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokens import Token, TokenType

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.sqltext.lexer import nesting
from snowpipe_deploy.sqltext.query import DEEPEST
from snowpipe_deploy.types import WORDS

_SNOWFLAKE = Dialect.get_or_raise("snowflake")
# what the parser makes a node of its own: these have a syntax of their own, or their node is what other nodes are about.
# Of all other names it would make nodes that forget the name, an argument or the number of arguments.
PARSED = frozenset({
    "AND", "CASE", "CAST", "CONNECT_BY_ROOT", "DIRECTORY", "EXISTS", "EXTRACT", "FLATTEN", "GENERATOR", "GROUPING",
    "GROUPING_ID", "IDENTIFIER", "OR", "SEQ1", "SEQ2", "SEQ4", "SEQ8", "SPLIT_TO_TABLE", "TABLE", "TRY_CAST", "UNNEST",
    "ANY_VALUE", "AVG", "COUNT", "FIRST_VALUE", "LAG", "LAST_VALUE", "LEAD", "MAX", "MIN", "NTH_VALUE", "SUM",
})  # fmt: skip
# the same, but the parser does not count the arguments: how many there may be, and the node's names for them
_BUILT: dict[str, tuple[int, type[exp.Expression], tuple[str, ...]]] = {
    "COALESCE": (2, exp.Coalesce, ("this", "*")),
    "CURRENT_DATE": (0, exp.CurrentDate, ()),
    "CURRENT_ROLE": (0, exp.CurrentRole, ()),
    "CURRENT_TIME": (0, exp.Localtime, ()),
    "CURRENT_TIMESTAMP": (0, exp.CurrentTimestamp, ("this",)),
    "CURRENT_USER": (0, exp.CurrentUser, ()),
    "DENSE_RANK": (0, exp.DenseRank, ()),
    "EQUAL_NULL": (2, exp.EqualNull, ("this", "expression")),
    "GREATEST": (1, exp.Greatest, ("this", "*")),
    "IFF": (3, exp.If, ("this", "true", "false")),
    "IFNULL": (2, exp.Coalesce, ("this", "*1")),
    "LEAST": (1, exp.Least, ("this", "*")),
    "LOCALTIME": (0, exp.Localtime, ()),
    "LOCALTIMESTAMP": (0, exp.Localtimestamp, ("this",)),
    "MOD": (2, exp.Mod, ("this", "expression")),
    "NULLIF": (2, exp.Nullif, ("this", "expression")),
    "NVL": (2, exp.Coalesce, ("this", "*1")),
    "NVL2": (3, exp.Nvl2, ("this", "true", "false")),
    "RANK": (0, exp.Rank, ()),
    "ROW_NUMBER": (0, exp.RowNumber, ()),
}
_MOMENTS = frozenset({exp.CurrentTimestamp, exp.Localtimestamp})
NODES = frozenset({*PARSED, *_BUILT})
KNOWN = frozenset({*_SNOWFLAKE.parser_class.FUNCTIONS, *_SNOWFLAKE.parser_class.FUNCTION_PARSERS, "IF"})
_MARKED = KNOWN - PARSED
# where a part of a date stands, which may be written without quotes
_PARTS = {
    "DATEADD": 0, "TIMEADD": 0, "TIMESTAMPADD": 0, "DATEDIFF": 0, "TIMEDIFF": 0, "TIMESTAMPDIFF": 0, "DATE_TRUNC": 0,
    "DATE_PART": 0, "LAST_DAY": 1,
}  # fmt: skip
_MAKERS = frozenset({"LIST", "MAP", "STRUCT"})  # before a bracket: nothing in Snowflake, so a name
_MARK = "\0"
_BEFORE_STAR = frozenset({TokenType.SELECT, TokenType.DISTINCT, TokenType.ALL, TokenType.COMMA, TokenType.DOT})


def read(text: str, aggregates: Container[str]) -> exp.Expression:
    """The tree of one statement; raises Snowflake's syntax error."""
    if nesting(text) > DEEPEST:
        raise RecursionError
    try:
        tokens = _SNOWFLAKE.tokenize(text)
        _refuse_others(tokens)
        _mark(tokens)
        trees = _SNOWFLAKE.parser().parse(_closed(tokens), text)
    except (ParseError, TokenError) as error:
        lines = re.sub(r"\x1b\[[0-9;]*m|\0", "", str(error)).splitlines()
        raise sql_error("syntax", f"syntax error: {lines[0].rstrip('.') if lines else 'unreadable'}") from error
    if not trees or trees[0] is None:
        raise sql_error("syntax", "syntax error: no statement")
    tree = trees[0]
    if isinstance(tree, exp.Command):
        raise unsupported(f"statement {text.split(None, 1)[0].upper()}")
    return _unmarked(tree, aggregates)


def _refuse_others(tokens: list[Token]) -> None:
    """What the parser reads of other databases, and Snowflake does not."""
    for at, (token, following) in enumerate(pairwise(tokens)):
        words = token.text.upper(), following.text.upper()
        wrong = (
            words[0] == "<=>"
            or (
                token.token_type == TokenType.DCOLON
                and following.token_type != TokenType.IDENTIFIER
                and words[1].split()[0] not in WORDS
            )
            or (words == ("*", "EXCEPT") and [t.token_type for t in tokens[at + 2 : at + 3]] == [TokenType.L_PAREN])
            or (token.token_type == TokenType.LIMIT and [t.text for t in tokens[at + 2 : at + 3]] == [","])
        )
        if wrong:
            raise sql_error("syntax", f"syntax error: unexpected '{' '.join(words)}'")


def _mark(tokens: list[Token]) -> None:
    """Hides the names of functions from the parser, which then keeps them and their arguments as they stand; and columns that other
    dialects make lists and maps with."""
    for at, (token, following) in enumerate(pairwise(tokens)):
        if (following.token_type == TokenType.L_BRACKET and token.text.upper() in _MAKERS) or (
            following.token_type == TokenType.L_PAREN
            and token.text.upper() in _MARKED
            and not _follows_star(tokens, at)
        ):
            token.text = _MARK + token.text


_TIMES = frozenset(
    {TokenType.DATE, TokenType.TIME, TokenType.TIMESTAMP, TokenType.TIMESTAMPNTZ, TokenType.TIMESTAMPLTZ}
)


def _closed(tokens: list[Token]) -> list[Token]:
    """`DATE '2026-01-01'::VARCHAR` casts the date (the parser would cast the text, and then make a date of it)."""
    out, at = [], 0
    while at < len(tokens):
        three = [token.token_type for token in tokens[at : at + 3]]
        if len(three) == 3 and three[0] in _TIMES and three[1:] == [TokenType.STRING, TokenType.DCOLON]:
            out += [Token(TokenType.L_PAREN, "("), *tokens[at : at + 2], Token(TokenType.R_PAREN, ")")]
            at += 2
        else:
            out.append(tokens[at])
            at += 1
    return out


def _follows_star(tokens: list[Token], at: int) -> bool:
    """`* REPLACE (…)` is a clause of SELECT, `2 * ROUND(…)` a product, `* EXCLUDE (A) REPLACE (…)` a clause again."""
    if at < 2 or tokens[at - 1].token_type == TokenType.R_PAREN:
        return at >= 2
    return tokens[at - 1].token_type == TokenType.STAR and tokens[at - 2].token_type in _BEFORE_STAR


def _unmarked(tree: exp.Expression, aggregates: Container[str]) -> exp.Expression:
    for identifier in tree.find_all(exp.DynamicIdentifier):
        if identifier.args.get("expressions"):
            raise unsupported("function IDENTIFIER with several arguments")
    for node in list(tree.find_all(exp.Anonymous, exp.Identifier)):
        if isinstance(node.this, str) and node.this.startswith(_MARK):
            node.set("this", node.this[1:])
        if isinstance(node, exp.Anonymous) and isinstance(node.this, str) and not isinstance(node.parent, exp.Dot):
            _as_written(node)
            after = _node(node, aggregates)
            if node is tree:
                return after
            node.replace(after)
    return tree


def _node(call: exp.Anonymous, aggregates: Container[str]) -> exp.Expression:
    name, given = call.name.upper(), call.expressions
    if name in aggregates:
        return exp.AnonymousAggFunc(this=name, expressions=given)
    if name not in _BUILT:
        return call
    least, node, names = _BUILT[name]
    most = len(given) if "*" in names else len(names)
    if not least <= len(given) <= most:
        few = len(given) < least
        raise sql_error(
            "few_arguments" if few else "many_arguments", call.sql("snowflake"), least if few else most, len(given)
        )
    wide = [name for name in names if name.startswith("*")]
    plain = dict(zip(names[: len(names) - len(wide)], given, strict=False))
    if node is exp.Nvl2:  # as IFF, whose type the annotation knows
        there = exp.Not(this=exp.Is(this=given[0], expression=exp.Null()))
        return exp.If(this=there, true=given[1], false=given[2])
    if given and node in _MOMENTS:
        return _to_precision(node(), given[0])
    return node(**plain, **({"expressions": given[len(plain) :]} if wide else {}))


def _to_precision(moment: exp.Expression, digits: exp.Expression) -> exp.Expression:
    """CURRENT_TIMESTAMP(3): so many digits of its seconds."""
    if not (isinstance(digits, exp.Literal) and digits.is_int and 0 <= int(digits.name) <= 9):
        raise sql_error("syntax", f"syntax error: {digits.sql('snowflake')} is no precision of a time")
    return exp.Cast(this=moment, to=exp.DataType.build(f"TIMESTAMP_LTZ({digits.name})", dialect="snowflake"))


def _as_written(node: exp.Anonymous) -> None:
    name, given = node.name.upper(), node.expressions
    place = _PARTS.get(name, len(given))
    if place < len(given) and isinstance(given[place], exp.Column) and not given[place].table:
        given[place].replace(exp.Var(this=given[place].name))
    if name == "POSITION" and len(given) == 1 and isinstance(given[0], exp.In) and given[0].args.get("field"):
        node.set("expressions", [given[0].this, given[0].args["field"]])


def gather_orders(tree: exp.Expression) -> None:
    """The order of `F(…) WITHIN GROUP (ORDER BY …)` becomes the last argument of F, where its types are known before F's own."""
    for node in list(tree.find_all(exp.WithinGroup)):
        if isinstance(node.this, exp.AnonymousAggFunc):
            node.this.append("expressions", node.expression)
            node.replace(node.this)
