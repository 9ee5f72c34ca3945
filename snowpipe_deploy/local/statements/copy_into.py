"""COPY INTO <table>: files that were loaded before are passed over, broken rows go by ON_ERROR (reference D.4)."""

from collections.abc import Callable
from dataclasses import replace

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.catalog import quoted
from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.local.statements import _copy_between, _copy_files, _copy_rows, _unload
from snowpipe_deploy.local.statements._copy_files import loaded_before
from snowpipe_deploy.local.statements._copy_rows import Fault, Loaded
from snowpipe_deploy.local.statements._copy_statement import Copy, named_format, read
from snowpipe_deploy.sqltext.head import Cursor, Head

__all__ = ["HANDLERS", "Copy", "Loaded", "error_limit", "first_error", "load", "loaded_before", "named_format", "read"]
_RESULT = ("file", "status", "rows_parsed", "rows_loaded", "error_limit", "errors_seen", "first_error", "first_error_line",
           "first_error_character", "first_error_column_name")  # fmt: skip
_ERRORS = ("ERROR", "FILE", "LINE", "CHARACTER", "BYTE_OFFSET", "CATEGORY", "CODE", "SQL_STATE", "COLUMN_NAME", "ROW_NUMBER",
           "ROW_START_LINE")  # fmt: skip


def copy(runner: Runner, head: Head) -> Answer:
    """COPY INTO a table or a stage; COPY FILES from stage to stage."""
    cursor = Cursor(head.text)
    if cursor.accept("COPY", "FILES"):
        return _copy_between.copy_files(runner, cursor)
    cursor.expect("COPY", "INTO")
    if cursor.peek().kind in {"stage", "string"}:
        return _unload.unload(runner, cursor)
    return _copy_into(runner, read(runner, head.text))


def _copy_into(runner: Runner, copy: Copy) -> Answer:
    if runner.explicit:
        raise unsupported("COPY INTO within an explicit transaction")
    if copy.validation:
        return _validated(runner, copy)
    chosen = _copy_files.chosen(runner, copy)
    runner.loads[copy.table.id] = runner.query_id
    if not chosen:
        return listing(("status",), [["Copy executed with 0 files processed."]])
    done = load(runner, copy, chosen, lambda loaded: _remember(runner, copy, loaded))
    if copy.is_on("PURGE"):
        with runner.definition():
            for loaded in done:
                if loaded.status == "LOADED":
                    stage_files.forget(runner, copy.stage, loaded.file)
    shown = [loaded for loaded in done if not copy.is_on("RETURN_FAILED_ONLY") or loaded.status == "LOAD_FAILED"]
    answer = listing(_RESULT, [_row(copy, loaded) for loaded in shown])
    return Answer(answer.rows, sum(loaded.loaded for loaded in done))


def load(runner: Runner, copy: Copy, files: list[StageFile], remember: Callable[[Loaded], None]) -> list[Loaded]:
    """Loads the files in one transaction, which also takes in what `remember` writes of each."""
    # reading and probing may fail, which would abort an engine transaction: so they come before it
    ready = [_copy_rows.prepare(runner, copy, file, f"_copy{i}") for i, file in enumerate(files)]
    failure = next((prepared.failure for prepared in ready if prepared.failure is not None), None)
    with runner.changes():
        for prepared in ready:
            if failure is None and prepared.insert is not None:
                runner.write(prepared.insert.text, prepared.insert.query.values, copy.table)
            if failure is None:
                remember(prepared.loaded)
            if copy.select is None:
                _remember_faults(runner, copy, prepared.loaded)
    for i in range(len(files)):
        runner.engine.run(f"DROP TABLE IF EXISTS _copy{i}")
    if failure is not None:
        raise failure
    return [prepared.loaded for prepared in ready]


# -- validation ------------------------------------------------------------------------------------------------------


def _validated(runner: Runner, copy: Copy) -> Answer:
    """VALIDATION_MODE: the rows or the errors that a COPY would bring; loads nothing."""
    files = _copy_files.chosen(runner, copy)
    if copy.validation == "RETURN_ALL_ERRORS":
        files = sorted([*files, *_partial(runner, copy, {file.path for file in files})], key=lambda file: file.path)
    copy = replace(copy, options={**copy.options, "ON_ERROR": "CONTINUE"})
    if copy.validation.endswith("_ROWS"):
        return _first_rows(runner, copy, files, int(copy.validation.split("_")[1]))
    rows = []
    for file in files:
        found = _copy_rows.prepare(runner, copy, file, "_copy0").loaded
        rows += [_fault_row(copy, file, fault) for fault in found.faults]
    runner.engine.run("DROP TABLE IF EXISTS _copy0")
    return listing(_ERRORS, rows)


def _partial(runner: Runner, copy: Copy, besides: set[str]) -> list[StageFile]:
    """Other files, that were loaded before without their bad rows."""
    rows = runner.engine.all(
        "SELECT path FROM _account.loads WHERE table_id = ? AND stage_location = ? AND status = 'PARTIALLY_LOADED'",
        [copy.table.id, str(copy.stage.id)],
    )
    paths = {str(row[0]) for row in rows} - besides
    return [file for file in _copy_files.present(runner, copy) if file.path in paths]


def _first_rows(runner: Runner, copy: Copy, files: list[StageFile], most: int) -> Answer:
    names = ", ".join(f"v{i}" for i in range(len(copy.table.columns)))
    items = ", ".join(f"v{i} AS {quoted(column.name)}" for i, column in enumerate(copy.columns))
    answer = listing([column.name for column in copy.columns], [])
    for file in files:
        prepared, left = _copy_rows.prepare(runner, copy, file, "_copy0"), most - len(answer.rows.rows)
        first = prepared.loaded.first
        if first is not None and first.row <= left:
            raise first.error
        if prepared.insert is not None:
            text = f"SELECT {items} FROM ({prepared.insert.select}) AS v({names}) LIMIT {left}"
            found = runner.engine.query(text, prepared.insert.query.values or None)
            answer = Answer(replace(found, rows=answer.rows.rows + found.rows))
    runner.engine.run("DROP TABLE IF EXISTS _copy0")
    return answer


def _fault_row(copy: Copy, file: StageFile, fault: Fault) -> list[object]:
    return [
        fault.error.text, f"@{copy.stage.name.last.lstrip('%')}/{file.path}", fault.line, fault.character, fault.offset,
        fault.category, fault.error.errno, fault.error.sqlstate, fault.column, fault.row, fault.line,
    ]  # fmt: skip


# -- what is remembered ----------------------------------------------------------------------------------------------


def _remember(runner: Runner, copy: Copy, loaded: Loaded) -> None:
    runner.write(
        "DELETE FROM _account.loads WHERE table_id = ? AND path = ? AND stage_location = ? AND status = 'LOAD_FAILED' AND etag = ?",
        [copy.table.id, loaded.file.path, str(copy.stage.id), loaded.file.md5],
    )
    runner.write(
        "INSERT INTO _account.loads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [copy.table.id, loaded.file.path, loaded.file.md5, str(copy.stage.id), loaded.file.size, runner.now(),
         loaded.status, loaded.parsed, loaded.loaded, loaded.errors, error_limit(copy, loaded), *first_error(loaded)],
    )  # fmt: skip


def first_error(loaded: Loaded) -> tuple[object, object, object, object]:
    """Words, line, character and column of a file's first error."""
    first = loaded.first
    return (
        (first.error.text, first.line, first.character, first.column) if first is not None else (None, None, None, None)
    )


def _remember_faults(runner: Runner, copy: Copy, loaded: Loaded) -> None:
    """For VALIDATE(table, JOB_ID => …)."""
    for fault in loaded.faults:
        runner.write(
            "INSERT INTO _account.load_errors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [runner.query_id, copy.table.id, *_fault_row(copy, loaded.file, fault), fault.text],
        )


def error_limit(copy: Copy, loaded: Loaded) -> int:
    if copy.most_errors is not None and not copy.most_errors[1]:
        return copy.most_errors[0]
    return max(1, loaded.parsed) if copy.on_error == "CONTINUE" else 1


def _row(copy: Copy, loaded: Loaded) -> list[object]:
    return [
        stage_files.label(copy.stage, loaded.file.path), loaded.status, loaded.parsed, loaded.loaded,
        error_limit(copy, loaded), loaded.errors, *first_error(loaded),
    ]  # fmt: skip


HANDLERS = {("COPY",): copy}
