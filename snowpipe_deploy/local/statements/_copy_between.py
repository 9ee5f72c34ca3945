"""COPY FILES INTO @stage FROM @stage: files from one stage to another (reference D.1)."""

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.statements._copy_statement import options_of
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.sqltext.lexer import code


def copy_files(runner: Runner, cursor: Cursor) -> Answer:
    """The cursor stands at INTO; a file keeps its path below that of the source."""
    cursor.expect("INTO")
    target, folder = stage_files.resolve(runner, cursor.take())
    stage_files.refuse_external(target)
    cursor.expect("FROM")
    if cursor.peek().text == "(":
        raise unsupported("COPY FILES from a query")
    source, prefix = stage_files.resolve(runner, cursor.take())
    options = options_of(cursor)
    if extra := options.keys() - {"FILES", "PATTERN"}:
        raise unsupported(f"COPY FILES option {', '.join(sorted(extra))}")
    found = stage_files.files(runner, source, prefix)
    if "FILES" in options:
        names = {prefix + token.value for token in code(options["FILES"]) if token.kind == "string"}
        if missing := names - {file.path for file in found}:
            raise sql_error("load", f"Remote file '{min(missing)}' was not found.")
        found = [file for file in found if file.path in names]
    if "PATTERN" in options:
        found = [file for file in found if stage_files.matches(options["PATTERN"], file.path)]
    at = folder.rstrip("/") + "/" if folder else ""
    copies = {at + file.path.removeprefix(prefix).lstrip("/"): file for file in found}
    stored = [stage_files.store(runner, target, path, file.file.read_bytes()) for path, file in copies.items()]
    with runner.definition():
        for file in stored:
            stage_files.register(runner.engine, target, file)
    return listing(("file",), [[path] for path in copies])
