"""Skipped: its WHEN asks for what a task returned, and that was something else."""

import re

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import joined, short

_RETURNED = re.compile(r"SYSTEM\$GET_PREDECESSOR_RETURN_VALUE\s*\(\s*(?:'([^']*)')?\s*\)", re.IGNORECASE)


def explain(s: Situation) -> str:
    if s.row is None or s.run is None or s.row.state != "SKIPPED":
        return ""
    condition = s.row.condition or s.task.condition
    asked = list(dict.fromkeys(_RETURNED.findall(condition)))
    if not asked:
        return ""
    # without a name it asks for its only predecessor (reference A.12)
    names = [name or (s.task.after[0].last if len(s.task.after) == 1 else "") for name in asked]
    rows = {name.last: row for name, row in s.run.rows.items()}
    told = []
    for name in filter(None, names):
        value = rows[name].returned if name in rows else ""
        told.append(f"{name} had returned {short(repr(value), 80)}" if value else f"{name} had returned nothing")
    return f"its WHEN was false: {short(condition)}" + (f"; {joined(told)}" if told else "")


CAUSE = Cause(11, explain)
