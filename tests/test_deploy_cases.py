"""Deploy cases: from [current] to [desired] with exactly the steps of [plan].

Each case also proves, unasked: the plan is the same after it was a file, it is another one without each of the planner's passes
that the case names in [shows], it applies on the local account, the second plan is empty, the way back arrives (unless the case
says why not), and teardown leaves nothing.
"""

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from snowpipe_deploy import deploy, plan_file, planner, uploads
from snowpipe_deploy.drift import described as drift_of
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Plan, Project, Scope, Upload
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.record import schema
from snowpipe_deploy.session import Account, Result, Session, SqlError
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.templates import plain
from tests.conftest import sharing

CASES = sorted((Path(__file__).parent / "cases" / "deploy").glob("*.sql"))


@dataclass(frozen=True)
class Case:
    current: str
    desired: str
    plan: tuple[str, ...]
    no_way_back: str = ""
    by_hand: tuple[str, ...] = ()
    database: bool = True
    allowed: frozenset[str] = frozenset()
    shows: tuple[str, ...] = ()


def read(path: Path) -> Case:
    sections: dict[str, str] = {}
    for part in re.split(r"^-- (?=\[)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("]")
        sections[name[1:]] = body.split("\n", 1)[1] if "\n" in body else ""
    lines = _lines(sections["plan"])
    steps = tuple(line for line in lines if not line.startswith("no way back"))
    back = next((line for line in lines if line.startswith("no way back")), "")
    by_hand = tuple(piece.text for piece in split(sections.get("by hand", "")))
    return Case(
        sections.get("current", ""), sections["desired"], steps, back, by_hand, "no database" not in sections,
        frozenset(_lines(sections.get("allow", ""))), _lines(sections.get("shows", "")),
    )  # fmt: skip


def _lines(section: str) -> tuple[str, ...]:
    return tuple(line[3:].strip() for line in section.splitlines() if line.startswith("-- "))


def project(text: str, database: str = "CASE_DB") -> Project:
    made = from_texts("case", Scope(database), [plain("case.sql", text)])
    files = re.findall(r"^-- file (\S+): (.*)$", text, re.MULTILINE)
    return replace(made, uploads=_uploads(files)) if files else made


FOLDER = tempfile.TemporaryDirectory()  # what cases upload


def _uploads(files: list[tuple[str, str]]) -> tuple[Upload, ...]:
    """`-- file SCHEMA/STAGE/path: content` in a section is a file of its project."""
    root = Path(tempfile.mkdtemp(dir=FOLDER.name))
    for path, content in files:
        (root / "files" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "files" / path).write_text(content)
    return uploads.found(root)


def described(plan: Plan) -> tuple[str, ...]:
    """The plan as a case writes it: each step, its hazards behind it; notes and refusals."""
    steps = [" ".join([a.id, *(f"! {h.consent}" for h in a.hazards)]) for a in plan.actions]
    drift = [f"drift: {d.key} {drift_of(d)}; {'undone' if d.undoable else 'left'}" for d in plan.drift]
    return (*(f"refused: {f.message}" for f in plan.findings), *(f"note: {n}" for n in plan.notes), *drift, *steps)


def same(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """`<any>` in a case stands for what differs from run to run."""
    patterns = [re.escape(line).replace("<any>", ".*") for line in wanted]
    return len(found) == len(wanted) and all(re.fullmatch(p, f) for p, f in zip(patterns, found, strict=True))


def apply(plan: Plan, account: Account, *, keep_record: bool = True) -> None:
    outcomes = [o for o in deploy.apply(plan, account, keep_record=keep_record) if o.status != "running"]
    assert [(o.action.id, o.detail) for o in outcomes if o.status != "done"] == []
    assert len(outcomes) == len(plan.actions)


@dataclass(frozen=True)
class Answered:
    """A session that asks the account once what a plan looks at: that does not depend on the passes."""

    session: Session
    known: dict[str, Result | SqlError] = field(default_factory=dict)

    def execute(self, sql: str, tag: str = "") -> Result:
        return self.session.execute(sql, tag)

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        new = [sql for sql in statements if sql not in self.known]
        self.known.update(zip(new, self.session.together(new), strict=True))
        return [self.known[sql] for sql in statements]

    def cancel(self) -> None:
        self.session.cancel()

    def close(self) -> None:
        self.session.close()


def fails_without(name: str, case: Case, plan: Plan, after: Project, session: Session) -> bool:
    """Is the plan another where this pass is taken out: in what the case says of it, or in what its steps wait for?

    The last pass writes down both, so that of it only the first counts.
    """
    passes = tuple(step for step in planner.PASSES if step.__name__ != name)
    assert len(passes) == len(planner.PASSES) - 1, f"there is no pass {name}"
    with patch.object(planner, "PASSES", passes):
        try:
            other = deploy.plan(after, session, deploy.Options(allowed=case.allowed))
        except (DeployError, KeyError, ValueError):
            return True
    waits = name != planner.PASSES[-1].__name__ and _waits(other) != _waits(plan)
    return described(other) != described(plan) or waits


def _waits(plan: Plan) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {action.id: (action.sql, action.after) for action in plan.actions}


def prove(case: Case, account: Account, database: str) -> None:
    """Runs a case on any account; `database` is there unless the case says that it is not."""
    session = account.session()
    texts = [text.replace("CASE_DB", database) for text in (case.current, case.desired)]
    before, after = project(texts[0], database), project(texts[1], database)
    assert [p.message for p in (*before.problems, *after.problems)] == []
    if before.objects:
        made = deploy.plan(before, session)
        assert [f.message for f in made.findings] == []
        apply(made, account)
    for statement in case.by_hand:
        session.execute(statement.replace("CASE_DB", database))
    seen = Answered(session)
    plan = deploy.plan(after, seen, deploy.Options(allowed=case.allowed))
    assert plan_file.read(plan_file.written(plan), "plan.json") == plan
    found = tuple(line.replace(database, "CASE_DB") for line in described(plan))
    assert same(found, case.plan), "\n".join(["planned:", *found, "", "expected:", *case.plan])
    assert [name for name in case.shows if not fails_without(name, case, plan, after, seen)] == []
    if any(f.severity == "error" for f in plan.findings):
        return
    apply(plan, account)
    assert [a.id for a in deploy.plan(after, session).actions] == []
    if before.objects and not case.no_way_back:
        apply(deploy.plan(before, session), account)
        assert [a.id for a in deploy.plan(before, session).actions] == []
    apply(deploy.teardown(after, session), account, keep_record=False)
    left = [row["name"] for row in session.execute(f"SHOW SCHEMAS IN DATABASE {database}").dicts()]
    assert {*left} <= {"PUBLIC", "INFORMATION_SCHEMA"} or any("stays" in step for step in case.plan)
    there = {
        row["name"]
        for show in ("ROLES", "WAREHOUSES", "INTEGRATIONS")
        for row in session.execute(f"SHOW {show}").dicts()
    }
    ours = {thing.key.name.last for thing in after.objects if KINDS[thing.key.kind].level == "account"} - {database}
    assert ours <= there  # what belongs to the account outlives the teardown


@dataclass(frozen=True)
class Start:
    """An account to begin from, made once: each case works on a copy, and finds what the others translated."""

    folder: Path
    translations: dict[Any, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Start]:
    """Empty; with the database; with the record schema in it, which the first deployment makes."""
    made = {name: Start(tmp_path_factory.mktemp("start") / "account") for name in ("empty", "database", "record")}
    for name, start in made.items():
        account = LocalAccount(start.folder)
        session = account.session()
        if name != "empty":
            session.execute("CREATE DATABASE CASE_DB")
        if name == "record":
            for sql in schema.founding(Scope("CASE_DB")):
                session.execute(sql)
        account.close()
    return made


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(path: Path, starts: dict[str, Start], tmp_path: Path) -> None:
    case = read(path)
    # a case that begins with nothing deployed also shows that the record is made
    start = starts["empty" if not case.database else "record" if case.current else "database"]
    shutil.copytree(start.folder, tmp_path / "account")
    account = LocalAccount(tmp_path / "account")
    try:
        with sharing(account, start.translations):
            prove(case, account, "CASE_DB")
    finally:
        account.discard()
