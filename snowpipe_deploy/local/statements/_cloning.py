"""Copies of objects, alone and with all that a database or schema holds.

What a copy has of its own: rows, sequences, streams' positions. What it shares with nothing: load history, task runs, changes that
streams of the original have not delivered yet (reference B.6). Views and bodies keep their text: a name without a database means the
copy's neighbour, a full name the original.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from snowpipe_deploy.local import changes, pipes, tags
from snowpipe_deploy.local.catalog import Entry, column_dict, schema_name
from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query import stream_views
from snowpipe_deploy.local.query.reads import relations_below
from snowpipe_deploy.local.refreshes import remember, suspended
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.statements._stored import make_base, make_view
from snowpipe_deploy.local.statements.views import make_engine_view
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import SqlError

# of a task or alert: what belongs to what it did, and not to what it is
_OF_ITS_RUNS = ("resumed_on", "suspended_on", "suspended_reason", "failures", "committed_on")


@dataclass(slots=True)
class Cloning:
    """One CLONE: everything below `source` is made again below `target`; `made` holds the copies by the id of the original."""

    runner: Runner
    source: ObjectName
    target: ObjectName
    made: dict[int, Entry] = field(default_factory=dict)

    def moved(self, name: ObjectName) -> ObjectName:
        depth = len(self.source.parts)
        inside = name.parts[:depth] == self.source.parts
        return ObjectName((*self.target.parts, *name.parts[depth:])) if inside else name

    def moved_text(self, text: str) -> str:
        """A text that begins with the full name of an object."""
        inside = text.startswith(f"{self.source}.")
        return f"{self.target}{text.removeprefix(str(self.source))}" if inside else text

    def add(self, entry: Entry, owner: str, **properties: Any) -> Entry:
        runner = self.runner
        copy = replace(entry.with_(**properties), id=runner.new_id(), name=self.moved(entry.name), owner=owner,
                       created_on=runner.now())  # fmt: skip
        return self.keep(entry, copy)

    def keep(self, entry: Entry, copy: Entry) -> Entry:
        """The copy in the catalog, with the tags of the original; a tag that was copied before is the copy's."""
        self.made[entry.id] = self.runner.catalog.add(self.runner.engine, copy)
        tags.copy(self.runner, entry.id, copy, self.made)
        return copy


def clone_table(
    cloning: Cloning,
    entry: Entry,
    owner: str,
    given: Mapping[str, Any] | None = None,
    make_room: Callable[[], None] = lambda: None,
    rows: str = "",
) -> Entry:
    """The rows with their hidden ids (or those of the query `rows`); `make_room` runs when they are safe, and frees the copy's name."""
    engine = cloning.runner.engine
    copy = replace(entry, id=cloning.runner.new_id())
    make_base(cloning.runner, copy)
    names = f"__row, {changes.column_list(entry)}"
    engine.run(f"INSERT INTO {copy.base} ({names}) SELECT {names} FROM {rows or entry.base}")
    for column in entry.columns:
        if column.identity:
            engine.continue_sequence(entry.identity(column), copy.identity(column))
    make_room()
    columns = [
        column_dict(replace(c, policy=cloning.moved_text(c.policy), default=cloning.moved_text(c.default)))
        for c in entry.columns
    ]
    guard = entry.properties.get("ROW ACCESS POLICY")
    kept = {
        "columns": columns,
        **dict.fromkeys(("tracked", "kept", "shaped")),
        "ROW ACCESS POLICY": guard and cloning.moved_text(str(guard)),
        **(given or {}),
    }
    made = replace(copy.with_(**kept), name=cloning.moved(entry.name), owner=owner, created_on=cloning.runner.now())
    cloning.keep(entry, made)
    make_view(cloning.runner, made)
    return made


def clone_sequence(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    copy = cloning.add(entry, owner)
    cloning.runner.engine.continue_sequence(f"_data.s{entry.id}", f"_data.s{copy.id}")
    return copy


def clone_stream(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    """On the copy of its table it begins anew; on a table that was not copied it stands where the original does."""
    runner = cloning.runner
    source = cloning.made.get(entry.properties["source"])
    copy = cloning.add(entry, owner)
    if source is None:
        runner.engine.run(
            "INSERT INTO _account.offsets SELECT ?, version, moment FROM _account.offsets WHERE stream = ?",
            [copy.id, entry.id],
        )
        return copy
    below = relations_below(runner.catalog, source) if source.kind == "VIEW" else []
    for table in (source, *below):
        if table.kind != "VIEW":
            changes.watched(runner, table)
    here = copy.with_(
        source=source.id,
        source_name=str(source.name),
        initial=None,
        below={str(e.id): str(e.name) for e in below} or None,
    )
    offset = [copy.id, changes.newest_version(runner.engine), runner.now()]
    runner.engine.run("INSERT INTO _account.offsets VALUES (?, ?, ?)", offset)
    return runner.catalog.change(runner.engine, here)


def clone_task(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    """Suspended, with the links to the copies of its predecessors."""
    after = [str(cloning.moved(ObjectName.parse(name))) for name in entry.properties.get("AFTER", ())]
    root = entry.properties.get("FINALIZE")
    links = {"AFTER": after or None, "FINALIZE": root and str(cloning.moved(ObjectName.parse(root)))}
    return cloning.add(entry, owner, **links, **dict.fromkeys(_OF_ITS_RUNS), state="suspended")


def _dynamic_table(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    """Suspended, with the rows of the last refresh (reference C.4)."""
    runner = cloning.runner
    copy = clone_table(cloning, entry, owner, {**suspended(runner, "CLONED_AUTO_SUSPENDED"), "clone": True})
    if (moment := runner.shared.refreshed.get(entry.id)) is not None:
        runner.engine.run("INSERT INTO _account.refreshed VALUES (?, ?)", [copy.id, moment])
        runner.shared.refreshed[copy.id] = moment
    remember(runner, [copy], "CREATE_DYNAMIC_TABLE")
    return copy


def _alert(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    return cloning.add(entry, owner, **dict.fromkeys(_OF_ITS_RUNS), state="suspended")


def _pipe(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    """Paused, on the copies of what its COPY names (reference D.6)."""
    place = ObjectName((entry.properties["database"], entry.properties["schema"]))
    database, schema = cloning.moved(place).parts
    bound = {
        word: _reference(cloning, entry.properties[word])
        for word in ("table", "stage", "format")
        if word in entry.properties
    }
    return cloning.add(entry, owner, **bound, database=database, schema=schema, cloned=pipes.hears(entry) or None,
                       paused_on=cloning.runner.now().isoformat())  # fmt: skip


def _reference(cloning: Cloning, reference: Mapping[str, Any]) -> Mapping[str, Any]:
    copy = cloning.made.get(reference["id"])
    return {"id": copy.id, "name": str(copy.name)} if copy is not None else reference


def _container(cloning: Cloning, entry: Entry, owner: str) -> Entry:
    copy = cloning.add(entry, owner)
    if entry.kind == "SCHEMA":
        cloning.runner.engine.run(f"CREATE SCHEMA IF NOT EXISTS {schema_name(copy.name)}")
    return copy


_COPIES: dict[str, Callable[[Cloning, Entry, str], Entry]] = {
    "SCHEMA": _container, "TABLE": clone_table, "DYNAMIC TABLE": _dynamic_table, "SEQUENCE": clone_sequence, "STREAM": clone_stream,
    "TASK": clone_task, "ALERT": _alert, "PIPE": _pipe,
    **dict.fromkeys(("VIEW", "MATERIALIZED VIEW", "FILE FORMAT", "STAGE", "PROCEDURE", "FUNCTION", "TAG", "MASKING POLICY",
                     "ROW ACCESS POLICY"), Cloning.add),
}  # fmt: skip
# each kind after those that it refers to
_ORDER = ("TAG", "SCHEMA", "TABLE", "DYNAMIC TABLE", "VIEW", "STREAM")


def clone_container(cloning: Cloning, container: Entry) -> Entry:
    """A database or schema with what is in it. The copies of what it holds keep their owners and grants; itself has neither."""
    runner = cloning.runner
    top = _container(cloning, container, runner.role)
    inside = [entry for entry in reversed(runner.catalog.below(container.name)) if _is_cloned(runner, entry)]
    places = {kind: place for place, kind in enumerate(_ORDER)}
    copies = [
        _inheriting(runner, entry, _COPIES[entry.kind](cloning, entry, entry.owner))
        for entry in sorted(inside, key=lambda e: places.get(e.kind, len(places)))
    ]
    define(runner, copies)
    _inherit(runner, container, top, "FUTURE")
    return top


def _is_cloned(runner: Runner, entry: Entry) -> bool:
    """Internal stages and the pipes on them are left out (reference D.6, F.1), as are temporary tables."""
    if entry.kind == "PIPE":
        return pipes.is_on_external_stage(runner, entry)
    if entry.kind == "STAGE" and not entry.properties.get("URL"):
        return False
    if entry.kind not in _COPIES:
        raise unsupported(f"CLONE of a {entry.kind.lower()} ({entry.name})")
    return not entry.properties.get("temporary")


def define(runner: Runner, copies: list[Entry]) -> None:
    """Makes views and streams readable, those first that others read. What a view reads that is not there is looked for with each query."""
    waiting = [copy for copy in copies if copy.kind in {"VIEW", "MATERIALIZED VIEW", "STREAM"}]
    while waiting:
        left = [entry for entry in waiting if not _is_defined(runner, entry)]
        if len(left) == len(waiting):
            break
        waiting = left
    for entry in waiting:
        if entry.kind != "STREAM":
            make_engine_view(runner, runner.catalog.change(runner.engine, entry.with_(inlined=True)))


def _is_defined(runner: Runner, entry: Entry) -> bool:
    try:
        if entry.kind == "STREAM":
            stream_views.define(runner, entry)
        else:
            make_engine_view(runner, entry)
    except SqlError:
        return False
    return True


def _inheriting(runner: Runner, entry: Entry, copy: Entry) -> Entry:
    _inherit(runner, entry, copy, "")
    _inherit(runner, entry, copy, "FUTURE")
    return copy


def _inherit(runner: Runner, entry: Entry, copy: Entry, wide: str) -> None:
    grants = runner.shared.grants
    for held in [h for h in grants if h.target == entry.id and h.wide == wide]:
        grants.add(runner.engine, replace(held, target=copy.id))
