"""Rules: the examples that each holds, and the cases in tests/cases/rules/.

A case file has sections `-- [bad]`, `-- [good]` and `-- [almost bad]`, each a program of its own; `-- file: path` begins another
file of it. In `[bad]` the lines that the rule finds end with `-- !`. Good sections have no error and no warning of any rule.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowpipe_deploy.analysis.program import from_texts
from snowpipe_deploy.lint import findings
from snowpipe_deploy.model import Finding
from snowpipe_deploy.rule import Rule
from snowpipe_deploy.rules import RULES
from snowpipe_deploy.templates import plain

CASES = Path(__file__).parent / "cases" / "rules"
_SECTION = re.compile(r"^-- \[(bad|good|almost bad)\].*$", re.MULTILINE)
_FILE = re.compile(r"^-- file: (\S+)$", re.MULTILINE)


def found_in(text: str) -> tuple[Finding, ...]:
    """The findings of a section, its files read as scripts in their order."""
    pieces = _FILE.split(text)
    names = ["case.sql", *pieces[1::2]]
    texts = [plain(name, body.lstrip("\n")) for name, body in zip(names, pieces[0::2], strict=True) if body.strip()]
    return findings(from_texts(texts, in_project=False, sequences=dict.fromkeys(names, 1)))


def marked(text: str) -> list[tuple[str, int]]:
    pieces = _FILE.split(text)
    names = ["case.sql", *pieces[1::2]]
    return [
        (name, number)
        for name, body in zip(names, pieces[0::2], strict=True)
        for number, line in enumerate(body.lstrip("\n").splitlines(), 1)
        if line.rstrip().endswith("-- !")
    ]


def sections(rule: Rule) -> Iterator[tuple[str, str]]:
    """The kind and the text of every case of a rule, its own examples first."""
    yield "bad", rule.bad
    yield "good", rule.good
    path = CASES / f"{rule.name}.sql"
    if path.exists():
        parts = _SECTION.split(path.read_text(encoding="utf-8"))
        yield from zip(parts[1::2], parts[2::2], strict=True)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_cases(rule: Rule) -> None:
    for kind, text in sections(rule):
        found = found_in(text)
        if kind == "bad":
            mine = sorted((f.where.path, f.where.line) for f in found if f.rule == rule.code)
            assert mine == sorted(marked(text)), f"{text}\n{found}"
            others = [f for f in found if f.severity == "error" and f.rule != rule.code]
            assert others == [], text
        else:
            assert [f for f in found if f.severity != "info"] == [], text


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_has_a_bad_case_and_two_good_ones(rule: Rule) -> None:
    kinds = [kind for kind, text in sections(rule) if text.strip()]
    assert kinds.count("bad") >= 1
    assert kinds.count("good") + kinds.count("almost bad") >= 2
    assert "almost bad" in kinds
    assert rule.explanation.endswith(".")


def test_codes_and_names_are_each_of_one_rule() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == len({rule.name for rule in RULES})
    assert all(re.fullmatch(r"SD\d{3}", rule.code) and re.fullmatch(r"[a-z][a-z-]+", rule.name) for rule in RULES)
    assert {path.stem for path in CASES.glob("*.sql")} <= {rule.name for rule in RULES}
