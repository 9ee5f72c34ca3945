"""Declared renames: what was recorded and is live under the old name is compared under the new one.

Names bound by id follow a rename (a stream its source); names in texts do not (reference F.4), and are edited in the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from snowpipe_deploy.live import Live
from snowpipe_deploy.model import Entry, Finding, ObjectKey, Observed, Project, Record, SqlObject


@dataclass(frozen=True, slots=True)
class Renamed:
    """Record and account with the old names changed to the new ones. `was` has the old key of each; `done` those that are
    live under the new name already: a deployment was cut short, or somebody renamed by hand."""

    record: Record
    live: Live
    was: Mapping[ObjectKey, ObjectKey] = field(default_factory=dict)
    done: frozenset[ObjectKey] = frozenset()
    findings: tuple[Finding, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """Old to new names of relations, as texts have them."""
        return {str(old.name): str(key.name) for key, old in self.was.items() if key.space[0] == "relation"}


def follow(project: Project, record: Record, live: Live) -> Renamed:
    """Where nothing is recorded under the old name, or the new one is recorded already, the declaration says nothing."""
    was, done, findings = {}, set(), []
    desired = project.by_key()
    for key, thing in desired.items():
        old = thing.was
        if old is None or old not in record.entries or key in record.entries:
            continue
        entry = record.entries[old]
        if old in desired:
            findings.append(
                _refused(thing, f"{key} was {old}, which is still in the files", "take the old one out of the files")
            )
        elif old in live.objects and key in live.objects:
            findings.append(
                _refused(thing, f"{old} cannot become {key}: both are there", "drop or rename one of them by hand")
            )
        elif old in live.objects or (key in live.objects and _is_same(entry, live.objects[key])):
            was[key] = old
            done |= {key} if key in live.objects else set()
    entries = {key: entry for key, entry in record.entries.items() if key not in was.values()}
    entries |= {key: replace(record.entries[old], key=key) for key, old in was.items()}
    objects = {key: seen for key, seen in live.objects.items() if key not in was.values()}
    objects |= {key: replace(live.objects[old], key=key) for key, old in was.items() if old in live.objects}
    return Renamed(
        replace(record, entries=entries), replace(live, objects=objects), was, frozenset(done), tuple(findings)
    )  # fmt: skip


def twin(entry: Entry, record: Record, live: Live) -> ObjectKey | None:
    """A live object that nobody recorded and that has the identity of one that is missing: somebody renamed it."""
    return next(
        (key for key, seen in live.objects.items()
         if key.kind == entry.key.kind and key not in record.entries and key not in record.others and _is_same(entry, seen)),
        None,
    )  # fmt: skip


def _is_same(entry: Entry, seen: Observed) -> bool:
    return bool(entry.identity) and entry.identity == seen.identity


def _refused(thing: SqlObject, message: str, hint: str) -> Finding:
    return Finding("SD020", "refused", "error", message, thing.statement.where, hint, str(thing.key))
