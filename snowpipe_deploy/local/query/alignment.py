"""Columns that several rows or queries give in turn: each gets one type before any rule looks at it."""

from collections.abc import Callable

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind, scale
from snowpipe_deploy.local.query.mixing import CHOSEN, COMPARED, TIMES, together

Cells = list[exp.Expression]


def align(tree: exp.Expression) -> bool:
    """Casts the cells of VALUES, and of the sides of UNION and IN (SELECT …), to the type they have in Snowflake; True if some were not of it.

    The engine takes NUMBER(38, 0) as the common type of NUMBER(38, 0) and NUMBER(2, 1), and so rounds; the annotation goes by the
    first row.
    """
    changed = False
    for values in tree.find_all(exp.Values):
        rows = [row.expressions if isinstance(row, exp.Tuple) else [row] for row in values.expressions]
        if len({len(row) for row in rows}) == 1:
            columns = [list(cells) for cells in zip(*rows, strict=True)]
            changed |= _count(_timed, columns) | _each(columns)
            for cells in columns:
                _check_mixed(cells)
    for node in tree.find_all(*COMPARED, *CHOSEN):
        changed |= _count(_timed, together(node))
    for node in tree.find_all(
        exp.In, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ
    ):
        changed |= _each(_compared(node))
    for union in reversed(list(tree.find_all(exp.SetOperation))):
        columns_of = [select.selects for select in leaves(union)]
        if len({len(row) for row in columns_of}) == 1:
            changed |= _each([[cell.unalias() for cell in cells] for cells in zip(*columns_of, strict=True)])
    return changed


def _check_mixed(cells: Cells) -> None:
    """The engine would make one type of what a column of VALUES holds; whole numbers in quotes are the same in both."""
    kinds = {kind(cell) for cell in cells} - {"NULL", "UNKNOWN"}
    texts = [cell for cell in cells if kind(cell) == "TEXT"]
    whole = all(isinstance(cell, exp.Literal) and cell.name.lstrip("-").isdigit() for cell in texts)
    if len(kinds) > 1 and texts and not (whole and kinds == {"TEXT", "NUMBER"}):
        raise unsupported(f"{' and '.join(sorted(kinds)).lower()} in one column of VALUES: write it with ::<type>")


def _timed(cells: Cells) -> bool:
    """Texts beside a time become what it is, as by a cast; the engine's own cast knows words that Snowflake does not."""
    times = [cell for cell in cells if kind(cell) in TIMES]
    if len({kind(cell) for cell in times}) != 1 or kind(times[0]) == "ZONED":
        return False
    texts = [place for place, cell in enumerate(cells) if isinstance(cell, exp.Literal) and cell.is_string]
    for place in texts:
        cells[place] = cells[place].replace(exp.Cast(this=cells[place].copy(), to=_BARE[kind(times[0])].copy()))
    return bool(texts)


_BARE = {
    "DATE": exp.DataType.build("DATE", dialect="snowflake"), "TIME": exp.DataType.build("TIME", dialect="snowflake"),
    "TIMESTAMP": exp.DataType.build("TIMESTAMP_NTZ", dialect="snowflake"),
    "INSTANT": exp.DataType.build("TIMESTAMP_LTZ", dialect="snowflake"),
}  # fmt: skip


def _compared(node: exp.Expression) -> list[Cells]:
    """What is compared as a row, or with the rows of a subquery: there the engine rounds, too."""
    left = _cells(node.this)
    others = [item.this if isinstance(item, exp.Any | exp.All) else item for item in _others(node)]
    rows = [row for item in others for row in _rows(item)]
    is_plain = not isinstance(node.this, exp.Tuple) and all(
        not isinstance(item, exp.Subquery | exp.Query) for item in others
    )
    if is_plain or any(len(row) != len(left) for row in rows):
        return []
    return [list(cells) for cells in zip(left, *rows, strict=True)]


def _others(node: exp.Expression) -> list[exp.Expression]:
    if not isinstance(node, exp.In):
        return [node.expression]
    return [node.args["query"]] if node.args.get("query") else list(node.expressions)


def _cells(node: exp.Expression) -> Cells:
    return list(node.expressions) if isinstance(node, exp.Tuple) else [node]


def _rows(node: exp.Expression) -> list[Cells]:
    if isinstance(node, exp.Subquery | exp.Query):
        return [[cell.unalias() for cell in leaf.selects] for leaf in leaves(node)]
    return [_cells(node)]


def _each(columns: list[Cells]) -> bool:
    return _count(_aligned, columns)


def _count(change: Callable[[Cells], bool], columns: list[Cells]) -> bool:
    """Changes all of them, and says whether there was something to change."""
    return sum(change(cells) for cells in columns) > 0


def leaves(node: exp.Expression) -> list[exp.Query]:
    if isinstance(node, exp.SetOperation):
        return leaves(node.this) + leaves(node.expression)
    return leaves(node.this) if isinstance(node, exp.Subquery) else [node]


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
