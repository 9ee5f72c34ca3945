"""A deployment in which everything can go wrong at every statement, and must end as if nothing had.

`benchmarks/faults.py` runs it at every statement in turn, with every fault, and prints how many were survived;
`tests/test_fault_sweep.py` takes a few of them.
"""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from snowpipe_deploy import deploy
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.errors import DeployError, LockedError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Plan, Project, Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.session import Account, Result, Session, SqlError, sequentially
from snowpipe_deploy.status.observe import status
from snowpipe_deploy.templates import plain

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ("fails", "drops before", "drops after", "is killed before", "is killed after")
ROWS = 250  # in the end, whatever happened on the way
POLICY = Policy(in_flight="wait", in_flight_timeout=30, lease=8)
ALLOWED = ("deletes-object", "loses-grants", "loses-load-history", "widens-access")
NEW = 18  # new tables, each with a view on it

COMMON = """
create schema RAW; create schema DWH;
create role ANALYST;
create table RAW.T (ID number);
create table DWH.READ (ID number);
create table DWH.SCRIPTED (WHO varchar, N number);
create table RAW.LOADED (A varchar);
create stage RAW.FILES;
create procedure DWH.NOTE() returns varchar language sql as
begin
  merge into DWH.SCRIPTED as t using (select 'procedure' as WHO) as s on t.WHO = s.WHO
  when matched then update set N = 1 when not matched then insert (WHO, N) values (s.WHO, 1);
  return 'noted';
end;
create task RAW.ROOT warehouse = W schedule = '600 minutes' as
begin let i number := 0; while (i < 25) do select count(*) from RAW.T; i := i + 1; end while; end;
create task RAW.LAST warehouse = W after RAW.READER as select 1;
"""
BEFORE = (
    COMMON
    + """
create stream RAW.S on table RAW.T;
create task RAW.READER warehouse = W after RAW.ROOT when system$stream_has_data('RAW.S')
as insert into DWH.READ select ID from RAW.S;
create table DWH.RENAMED (OLD_NAME number, KEPT varchar);
create view DWH.GONE as select KEPT from DWH.RENAMED;
create pipe RAW.P auto_ingest = true as copy into RAW.LOADED from @RAW.FILES/in/ file_format = (type = csv);
grant select on table DWH.READ to role ANALYST;
"""
)
AFTER = COMMON + """
create stream RAW.S on table RAW.T append_only = true;
create task RAW.READER warehouse = W after RAW.ROOT when system$stream_has_data('RAW.S')
as insert into DWH.READ select ID from RAW.S where ID >= 0;
create table DWH.RENAMED (
  NEW_NAME number, -- snowdeploy: was OLD_NAME
  KEPT varchar
);
create pipe RAW.P auto_ingest = true as copy into RAW.LOADED from @RAW.FILES/in/ file_format = (type = csv skip_header = 0);
grant select, insert on table DWH.READ to role ANALYST;
grant usage on schema DWH to role ANALYST;
insert into DWH.SCRIPTED select 'insert', 1;
call DWH.NOTE();
""" + "".join(
    f"create table DWH.N{i} (ID number);\ncreate view DWH.V{i} as select ID from DWH.N{i};\n"
    f"grant select on view DWH.V{i} to role ANALYST;\n" for i in range(NEW)
)  # fmt: skip


def project(text: str) -> Project:
    made = from_texts("sweep", Scope("D"), [plain("sweep.sql", text)])
    if made.problems:
        raise SystemExit("\n".join(p.message for p in made.problems))
    return made


class Faulty:
    """An account that does what the real one does, but for one statement of `apply`."""

    def __init__(self, account: Account, at: int, fault: str) -> None:
        self.account, self.at, self.fault = account, at, fault
        self.count = itertools.count(1)
        self.sent = 0
        self.lock = threading.Lock()

    def session(self) -> "FaultySession":
        return FaultySession(self, self.account.session())

    def login(self) -> "FaultySession":
        return FaultySession(self, self.account.login())

    def close(self) -> None:
        self.account.close()


class FaultySession:
    """See `Faulty`; how the fault shows is what the connector makes of it."""

    def __init__(self, faulty: Faulty, session: Session) -> None:
        self.faulty, self.session = faulty, session

    def execute(self, sql: str, tag: str = "") -> Result:
        with self.faulty.lock:
            number = next(self.faulty.count)
            self.faulty.sent = number
        if number != self.faulty.at:
            return self.session.execute(sql, tag)
        match self.faulty.fault:
            case "fails":
                raise SqlError(604, "57014", "SQL execution canceled")
            case "drops before":
                raise SqlError(250003, "08001", "the connection was lost", may_have_run=True)
            case "drops after":
                self.session.execute(sql, tag)
                raise SqlError(250003, "08001", "the connection was lost", may_have_run=True)
            case "is killed after":
                self.session.execute(sql, tag)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("not reached")

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        return sequentially(self, statements)

    def cancel(self) -> None:
        self.session.cancel()

    def close(self) -> None:
        self.session.close()


@contextmanager
def producer(account: LocalAccount) -> Iterator[None]:
    """Inserts one row after the other while something else goes on."""
    stop = threading.Event()
    session = account.session()

    def produce() -> None:
        number = next_id(session)
        while not stop.wait(0.01) and number < ROWS:
            session.execute(f"INSERT INTO D.RAW.T VALUES ({number})")
            number += 1

    thread = threading.Thread(target=produce)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def next_id(session: Session) -> int:
    return int(str(session.execute("SELECT COALESCE(MAX(ID) + 1, 0) FROM D.RAW.T").scalar()))


def prepare(folder: Path) -> None:
    """The account as it is before: deployed, with rows, a loaded file, and nothing under way."""
    account = LocalAccount(folder)
    list(deploy.apply(deploy.plan(project(BEFORE), account.session()), account))
    session = account.session()
    session.execute("INSERT INTO D.RAW.T VALUES (0), (1), (2)")
    file = folder.parent / "one.csv"
    file.write_text("a\nb\n")
    session.execute(f"PUT file://{file} @D.RAW.FILES/in/ AUTO_COMPRESS = FALSE")
    settle(account)
    account.close()


def settle(account: LocalAccount) -> None:
    account.scheduler.settle()
    while account.loader.is_busy:
        time.sleep(0.01)


def planned(account: LocalAccount) -> Plan:
    return deploy.plan(project(AFTER), account.session(), deploy.Options(policy=POLICY))


def start(account: LocalAccount, faulty: Account) -> str:
    """Plans and applies once, with a run in flight and rows coming in; what stopped it, if something did."""
    plan = planned(account)
    account.session().execute("EXECUTE TASK D.RAW.ROOT")
    with producer(account):
        try:
            outcomes = [o for o in deploy.apply(plan, faulty, policy=POLICY, jobs=4) if o.status != "running"]
        except DeployError as error:
            return error.message
    left = [f"{o.action.id} {o.status}" for o in outcomes if o.status != "done"]
    return ", ".join(left)


@dataclass(frozen=True)
class End:
    """What must be the same however it came about."""

    rows: tuple[object, ...]
    scripted: tuple[object, ...]
    loaded: int
    states: tuple[object, ...]
    grants: tuple[object, ...]
    columns: tuple[object, ...]
    stream: tuple[object, ...]
    views: int
    deployments: tuple[object, ...]
    lease: tuple[object, ...]
    left: tuple[str, ...]


def finish(account: LocalAccount) -> End:
    """Applies until nothing is to do, brings the rest of the rows, runs the graph, and looks."""
    truth(account)
    for _ in range(4):
        plan = planned(account)
        if not plan.actions:
            break
        again(account, plan)
    session = account.session()
    for number in range(next_id(session), ROWS):
        session.execute(f"INSERT INTO D.RAW.T VALUES ({number})")
    for _ in range(2):
        settle(account)
        session.execute("EXECUTE TASK D.RAW.ROOT")
    settle(account)
    return look(account)


def again(account: LocalAccount, plan: Plan) -> None:
    """As a person would: waits for a lease to run out, and allows what was allowed before, and scripts to run again."""
    if any(f.severity == "error" for f in plan.findings):
        raise AssertionError([f.message for f in plan.findings])
    asked = [h.consent for h in deploy.not_allowed(plan, ALLOWED) if h.type != "reruns-script"]
    if asked:
        raise AssertionError(f"asks for more than at first: {asked}")
    for _ in range(80):
        try:
            list(deploy.apply(plan, account, policy=POLICY, jobs=4))
        except LockedError:
            time.sleep(0.25)
        else:
            return
    raise AssertionError("the lease never frees itself")


def truth(account: LocalAccount) -> None:
    """Status says what SHOW says, and knows of a deployment that never ended."""
    session = account.session()
    found = status(project(AFTER), session)
    states = {row["name"]: row["state"] for row in session.execute("SHOW TASKS IN DATABASE D").dicts()}
    for graph in found.graphs:
        for task in graph.order:
            assert task.state == states[task.name.last], task


def look(account: LocalAccount) -> End:
    session = account.session()

    def rows(sql: str) -> tuple[object, ...]:
        return tuple(tuple(row) for row in session.execute(sql).rows)

    def shown(sql: str, *names: str) -> tuple[object, ...]:
        return tuple(sorted(tuple(str(row[n]) for n in names) for row in session.execute(sql).dicts()))

    return End(
        rows=rows("SELECT ID, COUNT(*) FROM D.DWH.READ GROUP BY ID ORDER BY ID"),
        scripted=rows("SELECT WHO, N, COUNT(*) FROM D.DWH.SCRIPTED GROUP BY ALL ORDER BY 1"),
        loaded=int(str(session.execute("SELECT COUNT(*) FROM D.RAW.LOADED").scalar())),
        states=shown("SHOW TASKS IN DATABASE D", "name", "state"),
        grants=shown("SHOW GRANTS TO ROLE ANALYST", "privilege", "granted_on", "name"),
        columns=rows("SELECT COLUMN_NAME FROM D.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'RENAMED' ORDER BY ORDINAL_POSITION"),
        stream=(*shown("SHOW STREAMS IN DATABASE D", "name", "mode"), *rows("SELECT COUNT(*) FROM D.RAW.S")),
        views=len(session.execute("SHOW VIEWS IN SCHEMA D.DWH").rows),
        deployments=rows("SELECT DISTINCT STATUS FROM D.SNOWDEPLOY.DEPLOYMENTS WHERE STATUS IN ('running', 'failed')"),
        lease=rows("SELECT HOLDER FROM D.SNOWDEPLOY.LEASE"),
        left=tuple(a.id for a in planned(account).actions),
    )  # fmt: skip


def trial(template: Path, folder: Path, at: int, fault: str) -> tuple[End, str, int]:
    """One fault at one statement, and what came of it in the end; also what stopped it, and how many statements it sent."""
    shutil.copytree(template, folder)
    if fault.startswith("is killed"):
        words = [sys.executable, "-m", "tests.fault_sweep", str(folder), str(at), fault]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        stopped, sent = ("killed" if done.returncode == -signal.SIGKILL else done.stdout + done.stderr), 0
        account = LocalAccount(folder)
    else:
        account = LocalAccount(folder)
        faulty = Faulty(account, at, fault)
        stopped = start(account, faulty)
        sent = faulty.sent
    try:
        return finish(account), stopped, sent
    finally:
        account.close()
        shutil.rmtree(folder, ignore_errors=True)


def expected(end: End) -> None:
    """A clean run itself must be right."""
    assert end.rows == tuple((i, 1) for i in range(ROWS)), "rows lost or doubled"
    assert end.scripted == (("insert", 1, 1), ("procedure", 1, 1))
    assert end.loaded == 2
    assert end.stream == (("S", "APPEND_ONLY"), (0,))
    assert end.left == end.deployments == ()
    assert {state for _, state in end.states} == {"started"}  # type: ignore[misc]  # rows of two


def differences(clean: End, end: End) -> list[str]:
    """What is not as after a clean run."""
    names = list(clean.__dict__)
    return [
        f"{n}: {getattr(end, n)} instead of {getattr(clean, n)}"[:400]
        for n in names
        if getattr(clean, n) != getattr(end, n)
    ]


def child(folder: str, at: str, fault: str) -> None:
    """One deployment in a process that is going to be killed."""
    account = LocalAccount(Path(folder))
    sys.stdout.write(start(account, Faulty(account, int(at), fault)))
    account.close()


if __name__ == "__main__":
    child(*sys.argv[1:])
