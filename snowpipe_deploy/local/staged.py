"""`FROM @stage`: the files of a stage as rows of `$1`, `$2` … and METADATA$ columns."""

from sqlglot import exp

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.files import formats, reading
from snowpipe_deploy.local.query.sources import READERS
from snowpipe_deploy.local.query.translation import Source, Translation
from snowpipe_deploy.local.statements._copy_statement import format_of
from snowpipe_deploy.names import literal
from snowpipe_deploy.sqltext.lexer import tokens


def rows(t: Translation, node: exp.Table, count: int) -> Source:
    """The records of all files that a reference means, read now, with `count` fields each: those that a record has not are NULL."""
    if node.parent_select is not None and node.parent_select.is_star:
        raise unsupported(f"* of {node.name}: name the fields of its files, $1, $2 …")
    t.volatile = True
    runner = t.runner
    reference = f"'{node.name}'" if isinstance(node.this, exp.Literal) else node.name
    stage, prefix = stage_files.resolve(runner, tokens(reference)[0])
    if stage.kind == "STAGE":
        runner.require(stage, "READ")
    form = format_of(runner, stage, _options(node))
    formats.check(form)
    pattern = node.args.get("pattern")
    files = [
        file
        for file in stage_files.files(runner, stage, prefix)
        if pattern is None or stage_files.matches(pattern.name, file.path)
    ]
    held = reading.columns(form, count)
    place = runner.hold([(f'"{name}"', engine_type(kind)) for name, kind in held], ())
    columns = ", ".join(f'"{name}"' for name, _ in held)
    for file in files:
        read = reading.read(runner.engine, file, form, count, f"{place}_one", exact=False, now=runner.now())
        for error in read.unreadable.values():
            raise error
        runner.hold_also(place, f"SELECT {columns} FROM {place}_one")
        runner.engine.run(f"DROP TABLE {place}_one")
    return Source(place, held)


def _options(node: exp.Table) -> dict[str, str]:
    form = node.args.get("format")
    if form is None:
        return {}
    return {"FILE_FORMAT": f"FORMAT_NAME = {literal(form.name)}"}


READERS["@"] = rows
