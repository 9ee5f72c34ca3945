"""Clauses, operators and names: what every query is made of."""

from sqlglot import exp

from snowpipe_deploy.local.query.translation import Rules, same

_SAME = (
    exp.Select, exp.From, exp.Where, exp.Group, exp.Having, exp.Qualify, exp.Order, exp.Ordered, exp.Limit, exp.Offset,
    exp.Distinct, exp.With, exp.CTE, exp.Subquery, exp.Union, exp.Except, exp.Intersect, exp.Join, exp.Table,
    exp.TableAlias, exp.Alias, exp.Identifier, exp.Column, exp.Star, exp.Literal, exp.Boolean, exp.Null, exp.Paren,
    exp.And, exp.Or, exp.Not, exp.Xor, exp.Is, exp.Case, exp.If, exp.Exists, exp.Tuple, exp.Values, exp.Window,
    exp.WindowSpec, exp.Var, exp.DataType, exp.DataTypeParam, exp.Escape, exp.Neg, exp.Lateral, exp.Kwarg,
    exp.JSONPath, exp.JSONPathRoot, exp.JSONPathKey, exp.JSONPathSubscript, exp.Anonymous, exp.Dot,
    exp.IgnoreNulls, exp.RespectNulls, exp.PropertyEQ, exp.Aliases, exp.Interval, exp.HexString, exp.NullSafeEQ,
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between, exp.Like, exp.ILike, exp.Mul, exp.Mod,
    exp.NullSafeNEQ, exp.EqualNull, exp.Nvl2, exp.Coalesce, exp.Nullif, exp.TableFromRows, exp.Placeholder, exp.All, exp.Any,
    exp.Cube, exp.Rollup, exp.GroupingSets, exp.Grouping, exp.GroupingId, exp.Cast,
)  # fmt: skip
# exp.Cast stands here for the casts that rules themselves make; casts in the text have their rule in `conversion`


RULES: Rules = dict.fromkeys(_SAME, same)
RULES[exp.RawString] = lambda node, _: exp.Literal.string(node.name)  # $$ … $$
del RULES[exp.Cast]
