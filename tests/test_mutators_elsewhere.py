"""Planted mistakes in programs that were not written for them (see `python -m tests.mutators.elsewhere`)."""

from tests.mutators.elsewhere import clean, verdicts


def test_clean_programs_have_no_error_and_no_warning() -> None:
    for program in clean():
        allowed = set() if program.database else {"info"}
        assert [f for f in program.found() if f.severity not in allowed] == [], program.name


def test_planted_mistakes_are_found_at_their_line_and_nothing_else() -> None:
    found = [(f"{edit.rule} {edit.what} ({where})", wrong) for edit, where, wrong in verdicts(share=0.3)]
    missed = [f"{what}: {wrong}" for what, wrong in found if wrong]
    assert len(found) >= 500
    assert 1 - len(missed) / len(found) >= 0.98, "\n".join(missed)
