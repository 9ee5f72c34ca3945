"""Runs cases/status: SQL on a fresh local account, and what `status` says after it.

Below a statement: `-- wait` until no task graph runs, `-- wait until SLOW runs`, `-- clock 10m` moves the clock; `-- ? run`, `-- ? remarks`, `-- ? now`
or `-- ? problems`, with the words in `-- >` lines below: of the tasks of the newest run of each graph (`of the last 2`), of that run as a whole,
of roots and suspended tasks as they stand, of the list of problems. Ids, times and spans are put as <id>, <time>, <n>.
A case says at its top which causes it proves: modules of `status/causes`.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, schedule
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.session import Session, SqlError
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.status import causes
from snowpipe_deploy.status.cause import Cause, Recorded, Run, Situation
from snowpipe_deploy.status.model import Status, Task
from snowpipe_deploy.status.observe import status
from snowpipe_deploy.templates import plain

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
    return status(Project("cases", Scope("DB")), session, last=last)


def direct(line: str, account: LocalAccount) -> None:
    if match := re.fullmatch(r"-- wait until (\w+) runs", line):
        task = account.shared.catalog.get("TASK", ObjectName(("DB", "S", match[1])))
        while task.id not in account.scheduler.running:
            time.sleep(0.005)
    while line == "-- wait" and account.scheduler.active:
        time.sleep(0.005)
    if line.startswith("-- clock "):
        far = schedule.duration(line[9:])
        assert far is not None
        account.shared.clock.move(account.shared.clock.now() + far)


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


# -- what only a deployment, or a closed account, brings about ------------------------------------------------------------

PROJECT = """
CREATE SCHEMA S;
CREATE TABLE S.T (A NUMBER);
CREATE TASK S.ROOT SCHEDULE = '600 MINUTES' AS SELECT 1;
CREATE TASK S.CHILD AFTER S.ROOT AS {body};
"""
SPINS = "BEGIN INSERT INTO S.T (A) VALUES (1); LET i INTEGER := 0; WHILE (TRUE) DO i := i + 1; END WHILE; END"


def project(body: str = "SELECT 1", text: str = PROJECT) -> Project:
    return from_texts("cases", Scope("DB"), [plain("sql/s.sql", text.format(body=body))])


def apply(account: LocalAccount, wanted: Project, policy: Policy | None = None, *, until: str = "") -> None:
    """Deploys; with `until` it is cut off as soon as that action was done, as by a killed process."""
    session = account.session()
    policy = policy or Policy()
    plan = deploy.plan(wanted, session, deploy.Options(policy=policy))
    done = deploy.apply(plan, account, policy=policy)
    for outcome in done:
        assert outcome.status in {"running", "done"}, outcome
        if until and outcome.action.id == until and outcome.status == "done":
            break
    session.close()


def leave_unfinished(session: Session, status: str = "running") -> None:
    """As a process that was killed leaves the record: no end of the deployment, a lease that runs out."""
    session.execute(f"UPDATE DB.SNOWDEPLOY.DEPLOYMENTS SET STATUS = '{status}', ENDED_AT = NULL")
    session.execute("DELETE FROM DB.SNOWDEPLOY.JOURNAL WHERE ACTION LIKE 'resume %'")


@pytest.mark.parametrize("journalled", ["done", "planned"])
def test_suspended_by_a_deployment_that_never_ended(account: LocalAccount, spoke: set[str], journalled: str) -> None:
    """Also one that was killed before it could write that it had suspended the root: it had written that it would."""
    apply(account, project())
    apply(account, project("SELECT 2"))  # suspends the root, changes the child, resumes the root
    session = account.session()
    leave_unfinished(session)
    order = ("ALTER TASK DB.S.ROOT SUSPEND", STEP.format(status=journalled))
    for sql in order if journalled == "done" else reversed(order):
        session.execute(sql)
    found = look(session)
    assert told(found, "now")[0] == (
        "ROOT | suspended | suspended by deployment <deployment> of <who> on <time>, which did not resume it"
    )
    assert "suspended_by_deployment" in spoke
    assert {"this deployment never ended"} == {p.problem for p in found.problems if "deployment" in p.problem}
    assert "snowdeploy apply" in {p.hint for p in found.problems}
    session.execute(
        "UPDATE DB.SNOWDEPLOY.LEASE SET EXPIRES_AT = DATEADD('minute', 1, CURRENT_TIMESTAMP()), HOLDER = "
        "(SELECT DEPLOYMENT FROM DB.SNOWDEPLOY.JOURNAL WHERE ACTION = 'suspend task S.ROOT' ORDER BY ORDINAL DESC LIMIT 1)"
    )
    assert told(look(session), "now")[0].endswith("on <time>, which is under way")


# what a deployment writes of its suspension of the root, last of all
STEP = """
INSERT INTO DB.SNOWDEPLOY.JOURNAL
SELECT PROJECT, DEPLOYMENT, 'suspend task S.ROOT', KIND, 'S.ROOT', '', '{status}', '', '', CURRENT_TIMESTAMP(), 9999999999999999
FROM DB.SNOWDEPLOY.JOURNAL WHERE KIND = 'TASK' ORDER BY ORDINAL DESC LIMIT 1
"""


def test_made_by_a_deployment_that_failed_before_it_started_it(account: LocalAccount, spoke: set[str]) -> None:
    apply(account, project(), Policy(tasks="suspended"))
    session = account.session()
    assert told(look(session), "now")[0] == "ROOT | suspended | never resumed since it was made on <time>"
    leave_unfinished(session, "failed")
    assert told(look(session), "now") == [
        f"{task} | suspended | made by deployment <deployment> of <who>, which ended (failed) before it started it"
        for task in ("ROOT", "CHILD")
    ]
    assert "unstarted_by_deployment" in spoke
    assert "S.ROOT" in {p.object for p in look(session).problems}


def test_cancelled_by_a_deployment(account: LocalAccount, spoke: set[str]) -> None:
    """A run that uses a table whose column goes is cancelled where the policy says so, also in a child of the graph."""
    first = PROJECT.replace("(A NUMBER)", "(A NUMBER, B NUMBER)")
    apply(account, project(SPINS, first))
    session = account.session()
    session.execute("EXECUTE TASK DB.S.ROOT")
    direct("-- wait until CHILD runs", account)
    apply(account, project(SPINS), Policy(in_flight="cancel"))
    direct("-- wait", account)
    assert told(look(session), "run") == [
        "ROOT | SUCCEEDED",
        "CHILD | CANCELLED | cancelled by deployment <deployment> of <who>, which changed what it used",
    ]
    assert "cancelled_by_deployment" in spoke


def test_cut_off_by_the_end_of_the_account(tmp_path: Path, spoke: set[str]) -> None:
    first = LocalAccount(tmp_path / "account")
    session = first.session()
    for sql in ("CREATE DATABASE DB", "CREATE SCHEMA S", "CREATE TASK T AS SELECT 1", "EXECUTE TASK T"):
        session.execute(sql)
    direct("-- wait", first)
    session.engine.run("UPDATE _account.task_runs SET state = 'EXECUTING', completed = NULL")
    first.close()
    again = LocalAccount(tmp_path / "account")
    assert told(look(again.session()), "run") == [
        "T | CANCELLED | cancelled by the account: The local account was closed while the task ran."
    ]
    assert "cut_off" in spoke
    again.close()


def test_drift_of_what_is_read_anyway(account: LocalAccount) -> None:
    apply(account, project())
    session = account.session()
    assert told(look(session), "problems") == []
    for sql in ("SUSPEND", "SET COMMENT = 'by hand'", "RESUME"):
        session.execute(f"ALTER TASK DB.S.ROOT {sql}")
    assert told(look(session), "problems") == [
        "S.ROOT | task was changed outside of snowdeploy | comment was empty, is by hand | snowdeploy drift"
    ]


# the words of accounts that the embedded one has no way to come to
AT = datetime(2026, 1, 2, 6, tzinfo=UTC)
TASK = Task(ObjectName(("S", "T")), "1", "started", "", "", (), None, None, "")
ROW = TaskRun(TASK.name, "FAILED", "7", 1, "1", "SCHEDULE", AT, AT, AT, "01b", "091901", "", "", "", 1)
RUN = Run("7", TASK, {TASK.name: ROW}, {}, True, AT, AT, "SCHEDULE", 1, 1)
ELSEWHERE = {
    "stream_stale": (
        Situation(TASK, replace(ROW, error="Stream S.X is stale."), RUN, Recorded(AT)),
        "a stream that it reads is stale, recreate it (its position is lost): 091901: Stream S.X is stale. (query 01b)",
    ),
    "suspended_otherwise": (
        Situation(replace(TASK, state="suspended", suspended_on=AT, suspended_reason="SCHEMA_OR_DATABASE_DELETED"), None, None, Recorded(AT)),
        "suspended by the account on 2026-01-02 06:00:00 UTC: schema or database deleted",
    ),
}  # fmt: skip


@pytest.mark.parametrize("cause", ELSEWHERE)
def test_words_of_other_accounts(cause: str, spoke: set[str]) -> None:
    situation, words = ELSEWHERE[cause]
    assert causes.explain(situation) == words
    assert spoke == {cause}


DEPLOYED = {"suspended_by_deployment", "unstarted_by_deployment", "cancelled_by_deployment", "cut_off"}


def test_every_cause_is_proved() -> None:
    """On the embedded account all but two; what stands in a case was checked there."""
    cases = set().union(*map(proved, CASES))
    assert set(modules()) == cases | DEPLOYED | set(ELSEWHERE)
    assert len(cases | DEPLOYED) >= 25
