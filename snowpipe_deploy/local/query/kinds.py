"""What sort of value an expression has, as far as a rewriting needs to know."""

from sqlglot import exp

from snowpipe_deploy.types import DataType

_JSON_NODES = (
    exp.JSONExtract, exp.ParseJSON, exp.Struct, exp.StarMap, exp.Array, exp.Split, exp.ArrayAgg, exp.JSONKeys,
    exp.GetExtract, exp.ArrayConcat,
)  # fmt: skip
T = exp.DataType.Type
_BY_TYPE = {
    T.VARIANT: "JSON", T.JSON: "JSON", T.OBJECT: "JSON", T.ARRAY: "JSON", T.STRUCT: "JSON", T.MAP: "JSON", T.LIST: "JSON",
    T.DECIMAL: "NUMBER", T.INT: "NUMBER", T.BIGINT: "NUMBER", T.SMALLINT: "NUMBER", T.TINYINT: "NUMBER",
    T.INT128: "NUMBER", T.BIGDECIMAL: "NUMBER", T.FLOAT: "FLOAT", T.DOUBLE: "FLOAT", T.DECFLOAT: "FLOAT",
    T.VARCHAR: "TEXT", T.TEXT: "TEXT", T.CHAR: "TEXT", T.NVARCHAR: "TEXT", T.NCHAR: "TEXT",
    T.BOOLEAN: "BOOLEAN", T.DATE: "DATE", T.TIME: "TIME",
    T.TIMESTAMP: "TIMESTAMP", T.TIMESTAMPNTZ: "TIMESTAMP", T.DATETIME: "TIMESTAMP",
    T.TIMESTAMPLTZ: "INSTANT", T.TIMESTAMPTZ: "ZONED", T.NULL: "NULL",
    T.BINARY: "BINARY", T.VARBINARY: "BINARY",
}  # fmt: skip


def kind(node: exp.Expression) -> str:
    """JSON, NUMBER, FLOAT, TEXT, BOOLEAN, DATE, TIME, TIMESTAMP, INSTANT, ZONED, BINARY, NULL, or UNKNOWN."""
    if isinstance(node, exp.Paren) and (node.type is None or node.is_type("unknown")):
        return kind(node.this)
    if isinstance(node, exp.Null):
        return "NULL"
    if isinstance(node, _JSON_NODES):
        return "JSON"
    if isinstance(node, exp.Bracket):
        return "JSON"
    if isinstance(node, exp.WithinGroup | exp.Window | exp.Filter):
        return kind(node.this)
    return _BY_TYPE.get(node.type.this, "UNKNOWN") if node.type is not None else "UNKNOWN"


def scale(node: exp.Expression) -> int:
    """Digits after the point of a fixed-point value."""
    if isinstance(node, exp.Paren | exp.Neg) and (node.type is None or node.is_type("unknown")):
        return scale(node.this)
    if isinstance(node, exp.Literal) and not node.is_string:
        return len(node.name.partition(".")[2])
    sizes = [p.name for p in node.type.find_all(exp.DataTypeParam)] if node.type is not None else []
    return int(sizes[1]) if len(sizes) > 1 else 0


def sqlglot_type(of: DataType) -> exp.DataType:
    """A Snowflake type for sqlglot's type annotation."""
    return exp.DataType.build(str(of) if of.base == "NUMBER" else of.base, dialect="snowflake")
