"""Columns that several rows or queries give in turn: each gets one type before any rule looks at it."""

from sqlglot import exp

from snowpipe_deploy.local.query.kinds import kind, scale

Cells = list[exp.Expression]


def align(tree: exp.Expression) -> bool:
    """Casts what VALUES and the sides of UNION give to the type that the column has in Snowflake; True if there was something to cast.

    The engine takes NUMBER(38, 0) as the common type of NUMBER(38, 0) and NUMBER(2, 1), and so rounds; the annotation goes by the
    first row.
    """
    changed = False
    for values in tree.find_all(exp.Values):
        rows = [row.expressions if isinstance(row, exp.Tuple) else [row] for row in values.expressions]
        if len({len(row) for row in rows}) == 1:
            changed |= _each([list(cells) for cells in zip(*rows, strict=True)])
    for union in reversed(list(tree.find_all(exp.SetOperation))):
        leaves = [select.selects for select in _leaves(union)]
        if len({len(row) for row in leaves}) == 1:
            changed |= _each([[cell.unalias() for cell in cells] for cells in zip(*leaves, strict=True)])
    return changed


def _each(columns: list[Cells]) -> bool:
    done = [_aligned(cells) for cells in columns]
    return any(done)


def _leaves(node: exp.Expression) -> list[exp.Query]:
    if isinstance(node, exp.SetOperation):
        return _leaves(node.this) + _leaves(node.expression)
    return _leaves(node.this) if isinstance(node, exp.Subquery) else [node]


def _aligned(cells: Cells) -> bool:
    kinds = {kind(cell) for cell in cells} - {"NULL"}
    numbers = [cell for cell in cells if kind(cell) == "NUMBER"]
    if kinds == {"NUMBER"} and len({scale(cell) for cell in numbers}) > 1:
        target = exp.DataType.build(f"DECIMAL(38, {max(scale(cell) for cell in numbers)})", dialect="snowflake")
    elif kinds == {"NUMBER", "FLOAT"}:
        target = exp.DataType.build("DOUBLE", dialect="snowflake")
    elif len(kinds) == 1 and kind(cells[0]) == "NULL":
        target = next(cell.type for cell in cells if kind(cell) != "NULL")
    else:
        return False
    for cell in cells:
        cell.replace(exp.Cast(this=cell.copy(), to=target.copy()))
    return True
