"""Cases of what statements make, read, write and call: `-- reads: A, B` and the like above the SQL of `-- case: title`."""

import re
from pathlib import Path

import pytest

from snowpipe_deploy.analysis.program import Program, from_texts
from snowpipe_deploy.templates import plain

FOLDER = Path(__file__).parent / "cases" / "uses"
WORDS = ("makes", "reads", "writes", "calls", "not understood")
_EXPECTED = re.compile(rf"^-- ({'|'.join(WORDS)}):(.*)$", re.MULTILINE)


def cases() -> list[tuple[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.sql")):
        _, *rest = re.split(r"^-- case: (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [(f"{path.stem}: {title}", text) for title, text in zip(rest[0::2], rest[1::2], strict=True)]
    return found


CASES = cases()


def _found(program: Program) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {word: set() for word in WORDS}
    for step in program.statements:
        if step.creates:
            found["makes"].add(f"{step.kind} {step.name}")
        for use in program.uses(step):
            if use.access in found and use.name != step.name and use.kind != "WAREHOUSE":
                found[use.access].add(str(use.name))
    found["not understood"] = {" ".join(text.text.split())[:30] for text in program.not_understood}
    return found


@pytest.mark.parametrize("text", [text for _, text in CASES], ids=[title for title, _ in CASES])
def test_uses(text: str) -> None:
    wanted: dict[str, set[str]] = {word: set() for word in WORDS}
    for word, names in _EXPECTED.findall(text):
        wanted[word] |= {name.strip() for name in names.split(",") if name.strip()}
    assert _found(from_texts([plain("case.sql", text)], in_project=False)) == wanted


def test_places_in_quoted_bodies_are_exact() -> None:
    text = """CREATE PROCEDURE RAW.P() RETURNS VARCHAR LANGUAGE SQL AS '
BEGIN
  -- don''t forget: ''quotes''
  INSERT INTO RAW.LOG (A, B) VALUES (''a'', ''it''''s''); INSERT INTO RAW.SALES (ID) SELECT ID FROM RAW.ORDERS;
END;
';"""
    program = from_texts([plain("case.sql", text)], in_project=False)
    step = program.statements[0]
    found = {str(use.name): step.at(use.at) for use in program.uses(step)}
    line = text.splitlines()[3]
    assert {name: (at.line, at.column) for name, at in found.items()} == {
        name: (4, line.index(name) + 1) for name in ("RAW.LOG", "RAW.SALES", "RAW.ORDERS")
    }
