"""Plants the edits into the clean programs and asks the rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from snowpipe_deploy.analysis.program import from_texts
from snowpipe_deploy.lint import findings
from snowpipe_deploy.model import Finding
from snowpipe_deploy.templates import plain
from tests.mutators.edits import EDITS, Edit
from tests.mutators.pipelines import clean

# one edit that surely makes two errors: (the planted rule, the other)
BOTH = {
    ("SD105", "SD707"),  # the metadata columns of a star are too many columns as well
    ("SD804", "SD201"),  # a started task cannot be altered, in whatever way
}
SITES = 3  # places of one edit in one program


@dataclass(frozen=True)
class Mutant:
    """A clean program with one mistake on `line`; `hand` is the clean program's name."""

    edit: Edit
    hand: str
    text: str
    line: int


def planted(edit: Edit, hand: str, text: str) -> Iterator[Mutant]:
    for count, match in enumerate(re.finditer(edit.find, text, re.IGNORECASE | re.MULTILINE)):
        if count == SITES:
            return
        changed = text[: match.start()] + match.expand(edit.put) + text[match.end() :]
        at = changed.find("§")
        yield Mutant(edit, hand, changed.replace("§", ""), changed.count("\n", 0, at) + 1)


def mutants() -> Iterator[Mutant]:
    for hand, text in clean():
        for edit in EDITS:
            yield from planted(edit, hand, text)


@cache
def found_in(text: str) -> tuple[Finding, ...]:
    return findings(from_texts([plain("a.sql", text)], in_project=False))


@cache
def judged() -> tuple[tuple[Mutant, str], ...]:
    """Each mutant with what is wrong about its findings; empty where the rule found it and no other error came."""
    return tuple(_judged())


def _judged() -> Iterator[tuple[Mutant, str]]:
    before = {hand: {(f.rule, f.message) for f in found_in(text)} for hand, text in clean()}
    for mutant in mutants():
        found = [f for f in found_in(mutant.text) if (f.rule, f.message) not in before[mutant.hand]]
        lines = [f.where.line for f in found if f.rule == mutant.edit.rule]
        others = [
            f
            for f in found
            if f.rule != mutant.edit.rule and f.severity == "error" and (mutant.edit.rule, f.rule) not in BOTH
        ]
        if mutant.line not in lines:
            yield mutant, f"not found ({', '.join(f'{f.rule}:{f.where.line}' for f in found) or 'nothing'})"
        elif others:
            yield mutant, f"also {', '.join(f'{f.rule}:{f.where.line} {f.message}' for f in others)}"
        else:
            yield mutant, ""
