"""Each sentence of what is promised about other people's data has cases that prove it, or stands in the list of those that have none yet."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
PROMISES = HERE.parent.parent / "shared" / "design" / "safety.md"
MAP: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "safety.toml").read_text(encoding="utf-8"))
PROVEN, NOT_YET = MAP["proven"], MAP.get("not_yet", [])


def exists(case: str) -> bool:
    """`deploy/NAME` is a case file; `test_FILE::test_NAME` a test."""
    if "::" not in case:
        return (HERE / "cases" / f"{case}.sql").is_file()
    file, _, name = case.partition("::")
    path = HERE / f"{file}.py"
    return path.is_file() and re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def plain(text: str) -> str:
    return " ".join(re.sub(r"[*`]", "", text).split())


def sentences(text: str) -> list[str]:
    """The sentences of the paragraphs, list items and table rows below the first heading of second order."""
    found = []
    for part in re.split(r"\n(?=- |\| |#|\n)", text[text.index("\n## ") :]):
        body = plain(part.strip().removeprefix("- "))
        if not body or body.startswith(("#", "| Word", "|---")):
            continue
        found += [body] if body.startswith("|") else re.split(r"(?<=[.!?])\s+(?=[A-Z(@])", body)
    return found


@pytest.mark.parametrize("promise", PROVEN, ids=lambda p: p["quote"][:50])
def test_the_cases_of_a_promise_exist(promise: dict[str, Any]) -> None:
    assert promise["cases"]
    assert [case for case in promise["cases"] if not exists(case)] == []


def test_what_has_no_case_yet_says_why() -> None:
    assert [p["quote"] for p in NOT_YET if not p.get("reason") or "cases" in p] == []
    quotes = [p["quote"] for p in (*PROVEN, *NOT_YET)]
    assert sorted(quotes) == sorted(set(quotes))


def test_a_case_that_is_not_there_is_found_missing() -> None:
    assert not exists("deploy/no_such_case")
    assert not exists("test_safety::test_no_such")
    assert exists("test_safety::test_a_case_that_is_not_there_is_found_missing")


def test_sentences_are_cut_at_their_ends() -> None:
    text = "# T\nIntro.\n\n## A\n\n- One `x`, e.g. y. Two **z**\n  goes on.\n- Three.\n\n| Word | Means |\n|---|---|\n| a | b. C |\n"
    assert sentences(text) == ["One x, e.g. y.", "Two z goes on.", "Three.", "| a | b. C |"]


@pytest.mark.skipif(not PROMISES.is_file(), reason="the promises are not beside this checkout")
def test_every_sentence_is_proven_or_listed() -> None:
    found = sentences(PROMISES.read_text(encoding="utf-8"))
    quotes = [plain(p["quote"]) for p in (*PROVEN, *NOT_YET)]
    assert [q for q in quotes if not any(q in sentence for sentence in found)] == []
    assert [sentence for sentence in found if not any(q in sentence for q in quotes)] == []
    proven, open_ = ([plain(p["quote"]) for p in some] for some in (PROVEN, NOT_YET))
    without = [sentence for sentence in found if not any(q in sentence for q in proven)]
    sys.stdout.write("".join(f"no case yet: {sentence}\n" for sentence in without))
    # a sentence that has cases is not in the list of those that have none
    assert [q for q in open_ if not any(q in sentence for sentence in without)] == []
