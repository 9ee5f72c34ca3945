"""A plan as markdown for a pull request: what would be lost first, details folded, short enough for one comment."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from snowpipe_deploy.cli._show.plan import drift_line, summary
from snowpipe_deploy.model import Action, Finding, Hazard, Plan

LIMIT = 64_000  # bytes; a comment on GitHub may have 65,536 characters, and what frames this one needs a few
_REST = 120  # bytes kept free in each section for the line that says how much was left out
_LINE = 600  # characters of one message
_TIERS = (
    ("unrecoverable", ":no_entry: Cannot be got back"),
    ("destructive", ":warning: Destructive"),
    ("expensive", ":hourglass: Expensive"),
)


_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;"}
_SIGNS = {**_HTML, **{c: f"\\{c}" for c in "\\`*_[]|~"}}


def markdown(plan: Plan) -> str:
    """Findings and hazards by tier, then drift and notes, then the actions and their SQL folded.

    Each section has its share of the room, so that a plan of any size says of each what matters most and counts the rest.
    """
    place = f"`{_code(plan.environment)}` (database `{_code(plan.scope.database)}`)"
    count = f"{plan.unchanged} object{' is' if plan.unchanged == 1 else 's are'} as the files say"
    done = summary(plan) if plan.actions else "not planned" if plan.findings else f"nothing to do: {count}"
    out = [f"### snowdeploy plan: {place}\n\n**{done}**\n"]
    errors = [f for f in plan.findings if f.severity == "error"]
    out += _section(":x: To settle first", [_finding(f) for f in errors], 8_000)
    out += _section(
        ":key: What the role that planned this lacks", [_finding(f) for f in plan.findings if f not in errors], 4_000
    )
    for tier, title in _TIERS:
        hazards = _distinct(h for a in plan.actions for h in a.hazards if h.tier == tier)
        out += _section(title, [_hazard(h) for h in hazards], 12_000 if tier == "unrecoverable" else 6_000)
    drift = [f"- {_plain(drift_line(d))}\n" for d in plan.drift]
    out += _section("Changed by hand since the last deployment", drift, 6_000)
    out += _section("Notes", [f"- {_plain(note)}\n" for note in plan.notes], 4_000)
    if plan.always:
        out.append(f"\n{len(plan.always)} `run always` script{'s' if len(plan.always) > 1 else ''} not counted here\n")
    out += _actions(plan.actions, LIMIT - _size(out))
    return "".join(out)


def _finding(finding: Finding) -> str:
    hint = f" — {finding.hint}" if finding.hint else ""
    return f"- {_plain(f'{finding.message} ({finding.where}){hint}')}\n"


def _distinct(hazards: Iterable[Hazard]) -> list[Hazard]:
    return list(dict.fromkeys(hazards))


def _section(title: str, items: Sequence[str], room: int) -> list[str]:
    """A heading and as many items as there is room for; nothing at all where there are none."""
    return [f"\n#### {title}\n\n", *_fitting(items, room, "more: see `snowdeploy plan`")] if items else []


def _fitting(items: Sequence[str], room: int, rest: str) -> list[str]:
    taken: list[str] = []
    left = room - _REST
    for item in items:
        left -= len(item.encode())
        if left < 0:
            return [*taken, f"- … and {len(items) - len(taken)} {rest}\n"]
        taken.append(item)
    return taken


def _size(parts: Iterable[str]) -> int:
    return sum(len(part.encode()) for part in parts)


def _hazard(hazard: Hazard) -> str:
    consent = f" — `--allow {_code(hazard.consent)}`" if hazard.tier != "expensive" else ""
    return f"- **{hazard.type}** {_plain(hazard.message)}{consent}\n"


def _plain(text: str) -> str:
    """Text that markdown shows as it is: no tag, no link, nobody who is mentioned; cut where it is long."""
    line = " ".join(text.split())
    line = line if len(line) <= _LINE else line[: _LINE - 1] + "…"
    return "".join(_SIGNS.get(c, c) for c in line)


def _code(text: str) -> str:
    """Text between backticks."""
    return " ".join(text.replace("`", "'").split())


def _actions(actions: Sequence[Action], room: int) -> list[str]:
    """One folded list a verb, then the SQL of each action folded by itself, the ones that lose most first."""
    if not actions:
        return []
    out = ["\n#### Steps\n"]
    lists: list[str] = []
    by_verb = sorted(actions, key=lambda a: _VERBS.index(a.verb) if a.verb in _VERBS else len(_VERBS))
    for verb, group in groupby(by_verb, key=lambda a: a.verb):
        steps = list(group)
        items = [f"- `{_code(a.id)}`" + (f" {_plain('; '.join(a.reasons))}" if a.reasons else "") + "\n" for a in steps]
        lists += [
            f"\n<details><summary>{verb} ({len(steps)})</summary>\n\n",
            *_fitting(items, 4_000, "more"),
            "\n</details>\n",
        ]
    left = room - _size(out) - _size(lists) - _REST
    if left < 0:
        return [*out, f"\n{len(actions)} steps: see `snowdeploy plan`\n"]
    shown, missing = [], 0
    for part in _statements(actions):
        if len(part.encode()) > left:
            missing += 1
            continue
        left -= len(part.encode())
        shown.append(part)
    if missing:
        shown.append(f"\n… and the SQL of {missing} more: see `snowdeploy plan -v`\n")
    return [*out, *lists, *shown]


_VERBS = ("replace", "drop", "alter", "create", "run", "suspend", "wait", "resume", "adopt")


def _statements(actions: Iterable[Action]) -> Iterator[str]:
    for action in sorted(actions, key=_loss):
        if action.sql:
            sql = "\n".join(f"{s.strip()};" for s in action.sql)
            fence = "```" if "```" not in sql else "`" * (_longest(sql) + 1)
            title = "".join(_HTML.get(c, c) for c in " ".join(action.id.split()))  # markdown is not read in a summary
            yield f"\n<details><summary>{title}</summary>\n\n{fence}sql\n{sql}\n{fence}\n\n</details>\n"


def _longest(text: str) -> int:
    """The length of the longest run of backticks."""
    return max(len(list(run)) for sign, run in groupby(text) if sign == "`")


def _loss(action: Action) -> int:
    """0 for what cannot be got back; a stable sort keeps the order of the plan within a tier."""
    order = [tier for tier, _ in _TIERS]
    return min((order.index(h.tier) for h in action.hazards if h.tier in order), default=len(order))
