"""Planted mistakes: each error rule finds its own at its line, and no other error comes (see `python -m tests.mutators`)."""

from collections import defaultdict

from snowpipe_deploy.analysis.program import from_texts
from snowpipe_deploy.lint import findings
from snowpipe_deploy.rules import RULES
from snowpipe_deploy.templates import plain
from tests.mutators.pipelines import clean
from tests.mutators.planting import judged


def test_clean_programs_have_no_finding() -> None:
    for hand, text in clean():
        assert findings(from_texts([plain(f"{hand}.sql", text)], in_project=False)) == ()


def test_planted_mistakes_are_found_at_their_line_and_nothing_else() -> None:
    verdicts = list(judged())
    missed = [f"{m.edit.rule} {m.edit.what} ({m.hand}:{m.line}): {verdict}" for m, verdict in verdicts if verdict]
    assert len(verdicts) >= 500
    assert 1 - len(missed) / len(verdicts) >= 0.98, "\n".join(missed)


def test_every_error_rule_has_three_edits_that_find_a_place() -> None:
    edits = defaultdict(set)
    for mutant, _ in judged():
        edits[mutant.edit.rule].add(mutant.edit.what)
    few = {rule.code: len(edits[rule.code]) for rule in RULES if rule.severity == "error" and len(edits[rule.code]) < 3}
    assert few == {}
