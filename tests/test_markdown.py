"""The plan for a pull request: what is lost first, and short whatever the project's size."""

import re

import pytest

from snowpipe_deploy.cli._show.markdown import markdown
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Action, Basis, Drift, Finding, Hazard, ObjectKey, Plan, Scope, Verb
from snowpipe_deploy.names import ObjectName

SCOPE = Scope("PROD_DB")


def key(name: str, kind: str = "TABLE") -> ObjectKey:
    return ObjectKey(kind, ObjectName(("RAW", name)))


def action(name: str, verb: Verb = "alter", *hazards: str, sql: str = "SELECT 1", reason: str = "why") -> Action:
    found = tuple(Hazard(h, f"RAW.{name}", f"table RAW.{name}: something is gone") for h in hazards)
    return Action(f"{verb} table RAW.{name}", verb, key(name), (sql,), reasons=(reason,), hazards=found)


def plan(*actions: Action, **rest: object) -> Plan:
    return Plan("p", "prod", SCOPE, actions, Basis(), **rest)  # type: ignore[arg-type]


def is_whole(text: str) -> bool:
    """Every fold and every fence that opens is closed."""
    return (
        text.count("<details>") == text.count("</details>") and len(re.findall(r"^`{3,}", text, re.MULTILINE)) % 2 == 0
    )


def test_what_cannot_be_got_back_comes_first() -> None:
    made = plan(
        action("A", "create"), action("B", "alter", "full-refresh"), action("C", "replace", "loses-grants"),
        action("D", "drop", "deletes-data"),
        findings=(Finding("SD020", "refused", "error", "cannot", Location("a.sql", 3), "do that"),), notes=("mind this",),
        drift=(Drift(key("A"), "comment", "x", "y", undoable=True),),
    )  # fmt: skip
    text = markdown(made)
    order = ["To settle first", "cannot (a.sql:3) — do that", "Cannot be got back", "--allow deletes-data:RAW.D", "Destructive",
             "--allow loses-grants", "Expensive", "full-refresh", "Changed by hand", "apply undoes it", "mind this", "Steps"]  # fmt: skip
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    statements = re.findall(r"<summary>(\w+ table RAW\.\w)</summary>", text)
    assert statements == ["drop table RAW.D", "replace table RAW.C", "alter table RAW.B", "create table RAW.A"]
    assert is_whole(text)


@pytest.mark.parametrize("count", [0, 1, 100, 3_000, 30_000])
def test_it_fits_into_one_comment(count: int) -> None:
    """Also with hazards, drift, notes and findings on every object, long names and statements of many bytes."""
    hazards = ("deletes-data", "loses-grants", "full-refresh")
    actions = [
        action(f"{'É' * 100}{n}", "replace", *hazards, sql="sélect " * 50, reason="r" * 900) for n in range(count)
    ]
    made = plan(
        *actions, action("LAST", "drop", "deletes-data", sql="x" * 100_000), notes=("note " * 40,) * count,
        findings=(Finding("SD020", "refused", "error", "m" * 2000, Location("a.sql", 3)),) * count,
        drift=tuple(Drift(key(f"T{n}"), "comment", "a" * 999, "b" * 999) for n in range(count)),
    )  # fmt: skip
    text = markdown(made)
    assert len(text.encode()) < 65_000
    assert is_whole(text)
    assert "Cannot be got back" in text
    assert "Destructive" in text or not count
    if count > 1_000:
        assert len(re.findall("… and", text)) >= 6


def test_what_a_name_says_is_text() -> None:
    """Names and comments of objects come from anybody: no tags, no mentions, no broken fold or fence."""
    evil = "</details>`<b>@everyone #1 [x](http://x) ```"
    made = plan(
        Action(f"alter table {evil}", "alter", key("T"), (f"COMMENT '{evil}'",), reasons=(evil,),
               hazards=(Hazard("deletes-data", evil, evil),)),
        notes=(evil,), findings=(Finding("X", "x", "error", evil, Location("a.sql")),),
    )  # fmt: skip
    text = markdown(made)
    outside = re.sub(r"(`{4,})sql\n.*?\n\1", "", text, flags=re.DOTALL)
    outside = re.sub(r"(?<!\\)`[^`\n]*(?<!\\)`", "", outside)
    assert "@" not in outside
    assert "<b>" not in outside
    assert "](http" not in outside.replace("\\]", "")
    assert outside.count("<details>") == outside.count("</details>")


def test_an_underscore_is_escaped_where_markdown_reads_it() -> None:
    text = markdown(plan(action("A_B", "drop", "deletes-data")))
    assert "<summary>drop table RAW.A_B</summary>" in text
    assert "table RAW.A\\_B: something" in text


def test_nothing_to_do() -> None:
    assert "nothing to do: 7 objects are as the files say" in markdown(plan(unchanged=7))
