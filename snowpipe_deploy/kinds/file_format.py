"""File formats: CREATE OR ALTER restates all options and keeps grants."""

import json

from snowpipe_deploy.kind import Alteration, Facts, Kind, Row, Shown, or_alter, show_key, side_by_side, text_of
from snowpipe_deploy.model import Change, ObjectKey, Reading, Scope


def _facts(row: Row) -> dict[str, str]:
    options = json.loads(str(row.get("format_options") or "{}"))
    return {**text_of(row, "type", "comment"), "options": json.dumps(options, sort_keys=True)}


def _plain(value: object) -> str:
    return str(value).upper() if isinstance(value, bool) or str(value).upper() in {"TRUE", "FALSE"} else str(value)


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    """The options that the text sets; SHOW lists every option of the type, with defaults that move from release to release."""
    del key
    found = side_by_side(reading, facts, comment="COMMENT")
    if "type" in facts:
        found["type"] = Shown("TYPE", str(reading.get("TYPE", "CSV")).upper(), facts["type"].upper())
    live = json.loads(facts.get("options") or "{}")
    set_here = {
        w: v for w, v in reading.items() if w in live and w not in {"TYPE", "COMMENT"} and not isinstance(live[w], list)
    }
    if set_here:
        found["options"] = Shown(
            ", ".join(sorted(set_here)),
            "; ".join(f"{w} {_plain(v)}" for w, v in sorted(set_here.items())),
            "; ".join(f"{w} {_plain(live[w])}" for w in sorted(set_here)),
        )
    return found


def _alter(change: Change, scope: Scope) -> Alteration:
    return Alteration(replace="its TYPE cannot be altered") if "TYPE" in change.clauses else or_alter(change, scope)


KIND = Kind(
    "FILE FORMAT",
    show="SHOW FILE FORMATS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("FILE FORMAT"),
    alter=_alter,
)
