"""A root without schedule that runs when its streams have data (reference A.10)."""

import re

from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.words import joined

_STREAM = re.compile(r"SYSTEM\$STREAM_HAS_DATA\s*\(\s*'([^']+)'\s*\)", re.IGNORECASE)


def explain(s: Situation) -> str:
    if s.task.state != "started" or s.task.schedule or not s.task.is_root:
        return ""
    names = list(dict.fromkeys(_STREAM.findall(s.task.condition)))
    if not names:
        return ""
    full = [name for name in names if (found := s.stream(name)) is not None and found.has_data]
    state = f"{joined(full)} {'have' if full[1:] else 'has'} data now" if full else "none has data now"
    return f"runs when {joined(names, 'or')} {'have' if names[1:] else 'has'} data: {state}"


CAUSE = Cause(81, explain, ("now",))
