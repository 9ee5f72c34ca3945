"""Reading cases: a statement, and what it makes, reads, writes and calls.

`-- case: title` begins a case; `-- makes:`, `-- reads:`, `-- writes:` and `-- calls:` say what is found of its last statement,
what stands before it is there for its effect. What a case leaves out is empty, and everything in it must be understood.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy.analysis.program import Program, Step, from_texts
from snowpipe_deploy.templates import plain

FOLDER = Path(__file__).parent / "cases" / "reading"
_EXPECTED = re.compile(r"^-- (makes|reads|writes|calls): (.*)$", re.MULTILINE)


def cases() -> Iterator[tuple[str, str]]:
    """Title and text of every case."""
    for path in sorted(FOLDER.glob("*.sql")):
        _, *rest = re.split(r"^-- case: (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield from ((f"{path.stem}: {title}", text) for title, text in zip(rest[0::2], rest[1::2], strict=True))


def found_of(read: Program, step: Step) -> dict[str, set[str]]:
    """What the statement makes, reads, writes and calls, as the expectation would write it."""
    uses = [use for use in read.uses(step) if use.kind != "WAREHOUSE"]
    found = {word: {str(use.name) for use in uses if use.access == word} for word in ("reads", "writes", "calls")}
    return {**found, "makes": {f"{step.kind} {step.name}"} if step.creates else set()}


CASES = list(cases())


@pytest.mark.parametrize("text", [text for _, text in CASES], ids=[title for title, _ in CASES])
def test_case(text: str) -> None:
    wanted: dict[str, set[str]] = {word: set() for word in ("makes", "reads", "writes", "calls")}
    for word, names in _EXPECTED.findall(text):
        wanted[word] = {name.strip() for name in names.split(",")}
    read = from_texts([plain("case.sql", text)], in_project=False)
    assert read.not_understood == ()
    assert found_of(read, read.steps[-1]) == wanted


def test_titles_are_each_of_one_case() -> None:
    titles = [title for title, _ in CASES]
    assert len(titles) == len(set(titles)) > 100
