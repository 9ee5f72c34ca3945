"""Each Snowflake fact that plans lean on holds in the local account too, and a plan says so where Snowflake's word for it is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy import deploy, selftest
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Scope
from snowpipe_deploy.selftest import Fact, Verdict
from tests.test_deploy_cases import CASES, apply, project, read

FACTS = selftest.facts()
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Verdict]]:
    account = LocalAccount(tmp_path_factory.mktemp("facts") / "account")
    session = account.session()
    session.execute("CREATE DATABASE D")
    yield {verdict.fact.name: verdict for verdict in selftest.selftest(session, Scope("D"), "W")}
    account.close()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_holds(fact: Fact, verdicts: dict[str, Verdict]) -> None:
    assert (verdicts[fact.name].result, verdicts[fact.name].detail) == ("held", "")
    assert any(step.wanted for step in fact.steps)


def test_there_are_enough_and_each_says_who_leans_on_it() -> None:
    assert len(FACTS) >= 20
    assert (HERE / "cases" / "facts").resolve() == selftest.FOLDER
    modules = [word.rstrip(",") for fact in FACTS for word in fact.leans.split() if ".py" in word]
    assert [name for name in modules if not (selftest.FOLDER.parent / name).is_file()] == []
    assert [fact.name for fact in FACTS if ".py" not in fact.leans or (not fact.confirmed and not fact.said)] == []


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.said], ids=lambda fact: fact.name)
def test_a_plan_says_that_it_leans_on_what_is_not_confirmed(fact: Fact, account: LocalAccount) -> None:
    name, _, words = fact.said.partition(" | ")
    case = read(next(path for path in CASES if path.stem == name))
    session = account.session()
    session.execute("CREATE DATABASE CASE_DB")
    apply(deploy.plan(project(case.current), session), account)
    plan = deploy.plan(project(case.desired), session)
    said = [*plan.notes, *(text for a in plan.actions for text in (*a.reasons, *(h.message for h in a.hazards)))]
    assert any(words in text for text in said), said
