"""Which files a COPY loads: those that are there, match, and were not loaded before (reference D.4, load metadata)."""

from datetime import datetime, timedelta

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.local.statements._copy_statement import Copy, listed

KEPT = timedelta(days=64)  # for so long it is known which files a table has


def chosen(runner: Runner, copy: Copy) -> list[StageFile]:
    """The files that it would load, by path."""
    found = present(runner, copy)
    if copy.is_on("FORCE"):
        return _limited(copy, found)
    known = loaded_before(runner, copy)
    found = [file for file in found if (file.path, file.md5) not in known]
    if not copy.is_on("LOAD_UNCERTAIN_FILES") and _is_old(runner, copy):
        found = [file for file in found if _moment(file.modified) >= runner.now() - KEPT]
    return _limited(copy, found)


def present(runner: Runner, copy: Copy) -> list[StageFile]:
    """The files that it names, loaded before or not."""
    found = stage_files.files(runner, copy.stage, copy.prefix)
    if "FILES" in copy.options:
        by_path = {file.path: file for file in found}
        wanted = listed(copy)
        missing = [name for name in wanted if copy.prefix + name not in by_path]
        if missing and copy.on_error not in {"CONTINUE", "SKIP_FILE"}:
            raise sql_error("load", f"Remote file '{missing[0]}' was not found.")
        found = [by_path[copy.prefix + name] for name in wanted if copy.prefix + name in by_path]
    if "PATTERN" in copy.options:
        found = [file for file in found if stage_files.matches(copy.options["PATTERN"], file.path)]
    return found


def _limited(copy: Copy, found: list[StageFile]) -> list[StageFile]:
    """SIZE_LIMIT: up to and with the file that crosses it."""
    if "SIZE_LIMIT" not in copy.options:
        return found
    limit, total, kept = int(copy.options["SIZE_LIMIT"]), 0, []
    for file in found:
        kept.append(file)
        total += file.size
        if total > limit:
            break
    return kept


def loaded_before(runner: Runner, copy: Copy) -> set[tuple[str, str]]:
    """Path and ETag of the files that COPY has loaded into the table within 64 days; a pipe's own loads are not among them."""
    before = runner.engine.all(
        "SELECT path, etag FROM _account.loads "
        "WHERE table_id = ? AND status <> 'LOAD_FAILED' AND stage_location = ? AND loaded_at > ?",
        [copy.table.id, str(copy.stage.id), runner.now() - KEPT],
    )
    return {(str(path), str(etag)) for path, etag in before}


def _is_old(runner: Runner, copy: Copy) -> bool:
    """Was the table first loaded more than 64 days ago? Then nobody knows any more which old files it has."""
    first = runner.engine.all("SELECT min(loaded_at) FROM _account.loads WHERE table_id = ?", [copy.table.id])[0][0]
    return first is not None and _moment(first) < runner.now() - KEPT


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(value)
    return value
