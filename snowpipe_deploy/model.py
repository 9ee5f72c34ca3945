"""The nouns: frozen values that every step takes and gives, and that do no I/O."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from snowpipe_deploy.location import Location
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import Head, Value

Severity = Literal["error", "warning", "info"]
Reading = Mapping[str, Value]

# tables, views and dynamic tables share one namespace: a name is one relation
_RELATIONS = frozenset({"TABLE", "VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW", "EXTERNAL TABLE"})
# the kinds that ALTER … RENAME TO takes (reference F.1); the others can only be made again
RENAMEABLE = frozenset({
    "TABLE", "VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW", "SEQUENCE", "STAGE", "FILE FORMAT", "PROCEDURE", "FUNCTION", "TAG",
    "MASKING POLICY", "ROW ACCESS POLICY",
})  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class ObjectKey:
    """The identity of an object everywhere. `name` is relative to the scope's database; `detail` tells overloads
    apart (canonical argument types)."""

    kind: str
    name: ObjectName
    detail: str = ""

    def __str__(self) -> str:
        if self.kind == "GRANT":  # "grant on table RAW.T to role READER"
            return f"grant {self.detail} {self.name}"
        return f"{self.kind.lower()} {self.name}{self.detail}"

    @property
    def space(self) -> tuple[str, ObjectName, str]:
        """What must be unique: relations of different kinds collide."""
        return ("relation" if self.kind in _RELATIONS else self.kind, self.name, self.detail)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a project is deployed."""

    database: str
    record_schema: str = "SNOWDEPLOY"

    def full(self, name: ObjectName) -> ObjectName:
        return ObjectName((self.database, *name.parts)) if self.database else name


@dataclass(frozen=True, slots=True)
class Statement:
    """One rendered statement, blocks whole, with the schema that USE has set above it in its file."""

    text: str
    where: Location
    schema: str | None = None
    comments: tuple[tuple[int, str], ...] = ()
    lines: tuple[int, ...] = ()  # the template line of each line of the text

    def place(self, offset: int) -> Location:
        """Where an offset of the text stands in the template."""
        row = self.text.count("\n", 0, max(0, offset))
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + (self.where.column if row == 0 else 1)
        return Location(self.where.path, self.lines[row] if row < len(self.lines) else self.where.line, column)


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that another one names. `needs`: it must exist first; otherwise the name is resolved when it runs.

    `access` is reads, writes, calls or after. `key.kind` may be "relation" where the text does not say which.
    """

    kind: str
    name: ObjectName
    access: str = "reads"
    needs: bool = True
    where: Location | None = None


@dataclass(frozen=True, slots=True)
class SqlObject:
    """A desired object."""

    key: ObjectKey
    statement: Statement
    head: Head
    reading: Reading
    references: tuple[Reference, ...] = ()
    state: str = ""  # of a task, an alert or a pipe: started or suspended, where the files say so
    was: ObjectKey | None = None  # `-- snowdeploy: was OLD`


@dataclass(frozen=True, slots=True)
class Script:
    """A statement that is run when its text changes."""

    name: str
    statement: Statement
    references: tuple[Reference, ...] = ()


STAGE_FILE = "STAGE FILE"  # the kind in keys of files on stages: the stage's name, and the path behind it


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of the project that belongs onto a stage. `source` is its absolute path, `digest` the SHA-256 of its content."""

    key: ObjectKey
    source: str
    digest: str
    where: Location


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, at a place, with what to do about it."""

    rule: str
    name: str
    severity: Severity
    message: str
    where: Location
    hint: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """One environment's desired state, with everything that was wrong while reading it."""

    name: str
    scope: Scope
    statements: tuple[Statement, ...] = ()
    objects: tuple[SqlObject, ...] = ()
    scripts: tuple[Script, ...] = ()
    problems: tuple[Finding, ...] = ()
    not_understood: tuple[Statement, ...] = ()
    files: int = 0
    uploads: tuple[Upload, ...] | None = None  # None: not known, as where a project comes from its record

    def by_key(self) -> dict[ObjectKey, SqlObject]:
        return {thing.key: thing for thing in self.objects}


@dataclass(frozen=True, slots=True)
class Observed:
    """A live object: identity (changes when it is recreated), canonical facts, and state that comes and goes."""

    key: ObjectKey
    identity: str
    facts: Mapping[str, str] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that differs from what was deployed: a fact of SHOW, as it was then and as it is now (empty: not there).

    `undoable` says whether a statement brings it back with nothing lost; `clause` is the clause it would set. `hint` says what
    to type, or why there is nothing to type.
    """

    key: ObjectKey
    fact: str
    before: str
    now: str
    undoable: bool = False
    hint: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What we sent for an object last, and what was observed right after (nothing, if we crashed in between)."""

    key: ObjectKey
    text: str
    schema: str | None
    deployment: str
    identity: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    state: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What we last deployed.

    `suspended` holds root tasks whose suspension by us was never undone, `unstarted` tasks that we made and did not come to
    resume.
    """

    entries: Mapping[ObjectKey, Entry] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[ObjectKey, str] = field(default_factory=dict)  # digests of what was uploaded
    intended: Mapping[ObjectKey, "Entry"] = field(default_factory=dict)  # by a deployment that never ended
    moved: bool = False  # the record belongs to another database: this one is a clone, or was restored
    suspended: frozenset[ObjectKey] = frozenset()
    suspending: Mapping[ObjectKey, str] = field(default_factory=dict)  # was about to be, by a deployment begun at
    unstarted: frozenset[ObjectKey] = frozenset()
    dropping: frozenset[ObjectKey] = frozenset()  # a deployment that never ended was about to drop it
    unwritten: Mapping[ObjectKey, "Entry | None"] = field(default_factory=dict)  # only the journal knows of it yet
    unsettled: frozenset[str] = frozenset()  # scripts that were begun, and whose end nobody knows
    others: Mapping[ObjectKey, str] = field(default_factory=dict)  # recorded by other projects, by project
    exists: bool = False
    deployment: str = ""
    commit: str = ""


Verb = Literal["create", "alter", "replace", "drop", "suspend", "wait", "resume", "run", "adopt"]
TIERS: Mapping[str, str] = {
    "full-refresh": "expensive", "rebuild": "expensive",
    "loses-grants": "destructive", "loses-load-history": "destructive", "stops-schedule": "destructive",
    "cancels-run": "destructive", "deletes-object": "destructive", "resets-sequence": "destructive",
    "breaks-trust": "destructive", "reruns-script": "destructive", "older-commit": "destructive",
    "widens-access": "destructive",
    "deletes-data": "unrecoverable", "loses-offset": "unrecoverable", "loses-policy": "unrecoverable",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hazard:
    """Risk as data on an action."""

    type: str
    object: str
    message: str

    @property
    def tier(self) -> str:
        return TIERS[self.type]

    @property
    def consent(self) -> str:
        """What `--allow` must say: unrecoverable hazards are allowed per object only."""
        return f"{self.type}:{self.object}" if self.tier == "unrecoverable" else self.type


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between desired, recorded and live, with the reasons that are shown to the user."""

    verb: Verb
    key: ObjectKey
    desired: SqlObject | None = None
    recorded: Entry | None = None
    observed: Observed | None = None
    reasons: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()  # of an alter: the clauses that differ
    before: Reading = field(default_factory=dict)  # the recorded text, read by today's reader
    was: ObjectKey | None = None  # the key under which it was recorded
    renamed: bool = False  # it has its new name already


@dataclass(frozen=True, slots=True)
class Action:
    """A step of a plan. `undoes` is the id of the action it takes back: it runs whenever that one ran, also where that was
    in an earlier deployment that was cut short.

    `schema` is set where the SQL leans on the current schema; `text` and `home` are recorded when the action is done: the
    object's text, and the schema that was in use where it stands.
    """

    id: str
    verb: Verb
    key: ObjectKey
    sql: tuple[str, ...]
    schema: str | None = None
    after: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    undoes: str = ""
    text: str = ""
    home: str | None = None
    was: ObjectKey | None = None  # the key under which it was recorded: the record follows a rename
    schedule: str = ""  # of a resume that closes a window: the CRON whose missed time is run afterwards


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan was computed from, as fingerprints: the database's identity, the objects of the project in the account by
    key, our record, the files by path. Whoever holds two of them can say what moved."""

    home: str = ""
    objects: Mapping[str, str] = field(default_factory=dict)
    record: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """One short hash of all."""
        return fingerprint(self.home, sorted(self.objects.items()), self.record, sorted(self.files.items()))


def fingerprint(*values: object) -> str:
    """A short hash of values that JSON knows."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in order, and what it was computed from."""

    project: str
    environment: str
    scope: Scope
    actions: tuple[Action, ...]
    basis: Basis
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    always: tuple[Action, ...] = ()
    deployment: str = ""  # the last one that the record knew when this was planned
    home: str = ""  # the database's identity; empty where it is not there yet
    drift: tuple[Drift, ...] = ()
    select: tuple[str, ...] = ()  # the patterns of --select

    def __post_init__(self) -> None:
        ids = [action.id for action in self.actions]
        if len(set(ids)) != len(ids):
            raise ValueError(f"duplicate action ids: {sorted(i for i in ids if ids.count(i) > 1)}")

    def summary(self) -> dict[str, int]:
        counts = dict.fromkeys(("create", "alter", "replace", "drop"), 0)
        for action in self.actions:
            if action.verb in counts:
                counts[action.verb] += 1
        return {**counts, "unchanged": self.unchanged}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an action."""

    action: Action
    status: Literal["running", "done", "failed", "skipped", "cancelled", "unknown"]
    detail: str = ""
    seconds: float = 0.0
    query_id: str = ""
