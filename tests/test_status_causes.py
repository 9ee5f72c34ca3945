"""Runs cases/status: SQL on a fresh local account, and what `status` says after it.

Below a statement: `-- wait` until no task graph runs, `-- wait until SLOW runs`, `-- tick 10m`; `-- ? run`, `-- ? remarks`, `-- ? now`
or `-- ? problems`, with the words in `-- >` lines below: of the tasks of the newest run of each graph (`of the last 2`), of that run as a whole,
of roots and suspended tasks as they stand, of the list of problems. Ids, times and spans are put as <id>, <time>, <n>.
A case says at its top which causes it proves: modules of `status/causes`.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, schedule
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import Session, SqlError
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.status import causes
from snowpipe_deploy.status.cause import Cause, Situation
from snowpipe_deploy.status.model import Status

FOLDER = Path(__file__).parent / "cases" / "status"
CASES = sorted(FOLDER.glob("*.sql"))
_HIDDEN = (
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "<time>"), (r"\d{8}-\d{6}-[0-9a-f]{6}", "<deployment>"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>"), (r"\brun \d+\b", "run <id>"),
    (r"for \d+ (s|min)\b", "for <n> s"), (r"--run \d+", "--run <id>"), (r"\S+@\S+ pid \d+", "<who>"),
)  # fmt: skip


def hidden(text: str) -> str:
    """Without what differs each time."""
    for pattern, word in _HIDDEN:
        text = re.sub(pattern, word, text)
    return text


@pytest.fixture
def spoke(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The causes that gave words, by module."""
    found: set[str] = set()

    def recording(cause: Cause) -> Callable[[Situation], str]:
        def explain(situation: Situation) -> str:
            words = cause.explain(situation)
            found.update([cause.explain.__module__.rpartition(".")[2]] if words else [])
            return words

        return explain

    monkeypatch.setattr(causes, "CAUSES", tuple(replace(c, explain=recording(c)) for c in causes.CAUSES))
    return found


def told(status: Status, what: str) -> list[str]:
    """The words of a status on one subject, a line each."""
    if what == "problems":
        found = [f"{p.object} | {p.problem} | {p.cause} | {p.hint}" for p in status.problems]
    elif what == "now":
        found = [f"{g.root.name.last} | {g.root.state} | {g.standing}" for g in status.graphs]
        found += [f"{n.last} | suspended | {w}" for g in status.graphs for n, w in g.causes if n != g.root.name]
    elif what == "remarks":
        found = [f"{g.root.name.last} | {remark}" for g in status.graphs for run in g.runs for remark in run.remarks]
    else:
        lines = [line for g in status.graphs for run in g.runs for line in run.tasks]
        found = [f"{line.task.name.last} | {line.state or 'not run'} | {line.reason}".rstrip(" |") for line in lines]
    assert not any("unknown" in line.lower() for line in found)
    return [hidden(line) for line in found]


def look(session: Session, last: int = 1) -> Status:
    return deploy.status(Project("cases", Scope("DB")), session, last=last)


def direct(line: str, account: LocalAccount) -> None:
    if match := re.fullmatch(r"-- wait until (\w+) runs", line):
        task = account.shared.catalog.get("TASK", ObjectName(("DB", "S", match[1])))
        while task.id not in account.scheduler.running:
            time.sleep(0.005)
    while line == "-- wait" and account.scheduler.active:
        time.sleep(0.005)
    if line.startswith("-- tick "):
        far = schedule.duration(line[8:])
        assert far is not None
        account.tick(account.shared.clock.now() + far)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_causes(path: Path, account: LocalAccount, spoke: set[str], request: pytest.FixtureRequest) -> None:
    session, text = account.session(), path.read_text()
    session.execute("CREATE DATABASE DB")
    session.execute("CREATE SCHEMA S")
    lines, pieces, update = text.splitlines(), split(text), request.config.getoption("--update")
    written, wrong = lines[: pieces[0].line - 1], []
    for piece, following in zip(pieces, [p.line - 1 for p in pieces[1:]] + [len(lines)], strict=True):
        end = piece.line + piece.text.count("\n")
        written += lines[piece.line - 1 : end]
        below = lines[end:following]
        try:
            session.execute(piece.text)
        except SqlError as error:
            assert "-- !" in below, f"{path.name}:{piece.line}: {error}"  # noqa: PT017 - the text of the case asks for it
        while below:
            line = below.pop(0)
            written.append(line)
            direct(line, account)
            if line.startswith("-- ? "):
                what, _, last = line[5:].partition(" of the last ")
                found, wanted = [f"-- > {words}" for words in told(look(session, int(last or 1)), what)], []
                while below and below[0].startswith("-- >"):
                    wanted.append(below.pop(0))
                written += found
                if found != wanted:
                    wrong += [f"{path.name}:{piece.line} {line}", *found]
    account.shared.cancel_task(next(iter(account.scheduler.running), 0))
    if update:
        path.write_text("\n".join(written) + "\n")
    assert update or not wrong, "\n".join(wrong)
    assert proved(path) <= spoke


def proved(path: Path) -> set[str]:
    first = path.read_text().partition("\n")[0]
    assert first.startswith("-- proves ")
    return set(first.removeprefix("-- proves ").split(", "))


def modules() -> Iterator[str]:
    yield from (cause.explain.__module__.rpartition(".")[2] for cause in causes.CAUSES)
