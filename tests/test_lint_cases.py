"""Lint cases of whole projects: SQL with the expected finding as a comment at its line, `-- SD701: fragment`."""

import re
from pathlib import Path

import pytest

from snowpipe_deploy.lint import validate
from snowpipe_deploy.model import Scope
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.templates import plain

CASES = sorted((Path(__file__).parent / "cases" / "lint").glob("*.sql"))
_EXPECTED = re.compile(r"-- (SD\d+): (.*)")


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = [(m[1], n, m[2].strip()) for n, line in enumerate(text.splitlines(), 1) if (m := _EXPECTED.search(line))]
    found = validate(from_texts("case", Scope("CASE_DB"), [plain(path.name, text)]))
    assert [(f.rule, f.where.line) for f in found] == [(rule, line) for rule, line, _ in wanted], found
    for finding, (_, _, fragment) in zip(found, wanted, strict=True):
        assert fragment in finding.message
