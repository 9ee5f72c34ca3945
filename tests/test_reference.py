"""Each fact of the reference has cases of the local account that prove it, or stands in `facts.toml` with the reason why not.

A fact is a table row, a list item, a line of grammar or a sentence of a numbered section. A case names what it proves in a comment
above the statements that do: `-- proves A.3 "short quote of the fact"`, or `-- refuses A.3 "…"` where the account says that it is
not supported. What is marked as unconfirmed needs no case. `python -m tests.test_reference [A.3 …]` lists the facts without one.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
# it is not part of the project: beside its checkout, where it is at hand
REFERENCE = next((p for up in HERE.parents if (p := up / "shared" / "reference" / "snowflake").is_dir()), HERE / "none")
LETTERS = "ABDE"
NOT_PROVED: dict[str, list[dict[str, Any]]] = tomllib.loads((HERE / "facts.toml").read_text(encoding="utf-8"))
ANCHOR = re.compile(r'-- (proves|refuses) ([A-Z]\.\d+[a-z]?) "(.+)"')


@dataclass(frozen=True, slots=True)
class Fact:
    section: str
    text: str

    @property
    def is_confirmed(self) -> bool:
        return "unconfirmed" not in self.text


@dataclass(frozen=True, slots=True)
class Anchor:
    """`expected` are the lines of expectation between it and the next group of anchors."""

    where: str
    verb: str
    section: str
    quote: str
    expected: tuple[str, ...]

    @property
    def problem(self) -> str:
        if not self.expected:
            return "there is no expectation below it"
        if self.verb == "refuses" and not any(
            line.startswith("-- !") and "not supported" in line for line in self.expected
        ):
            return "nothing below it says that something is not supported"
        return ""


def plain(text: str) -> str:
    return " ".join(re.sub(r"[*`\\]", "", text).replace("&lt;", "<").replace("&gt;", ">").split())


def cut(text: str) -> Iterator[Fact]:
    """The facts of a page, in their order; what stands before the first numbered section is about the page."""
    section, grammar = "", False
    for part in re.split(
        r"\n(?=\s*[-*] |\s*\d+\. |\s*\||#|\n)|\n?(?=```)|(?<=```)\n", re.sub(r"(?m)^(#.*)$", r"\1\n", text)
    ):
        body = part.strip()
        if heading := re.match(r"#+ ([A-Z]\.\d+[a-z]?)\b", body):
            section = heading[1]
        elif body == "```":
            grammar = not grammar
        elif grammar or not section or not body or body.startswith("#"):
            yield from (Fact(section, plain(line)) for line in body.splitlines() if grammar and section)
        elif body.startswith("|"):
            yield Fact(section, plain(body))
        elif re.match(r"[-*] |\d+\. ", body):
            yield Fact(section, plain(re.sub(r"^([-*]|\d+\.) ", "", body)))
        else:
            yield from (Fact(section, s) for s in re.split(r"(?<=[^.][.!?])\s+(?=[A-Z(`@])", plain(body)))


def facts(text: str) -> list[Fact]:
    """Without the heads of tables and the rules below them."""
    found = list(cut(text))
    heads = {i - 1 for i, fact in enumerate(found) if fact.text.startswith("|---")}
    return [f for i, f in enumerate(found) if f.text and i not in heads and not f.text.startswith("|---")]


def anchors(path: Path) -> list[Anchor]:
    lines = path.read_text(encoding="utf-8").splitlines()
    at = [i for i, line in enumerate(lines) if line.startswith(("-- proves", "-- refuses"))]
    found = []
    for i in at:
        read = ANCHOR.fullmatch(lines[i].rstrip())
        assert read, f'{path.name}:{i + 1}: {lines[i]} is not -- proves A.1 "quote"'
        below = i
        while below in at:
            below += 1
        end = next((j for j in at if j >= below), len(lines))
        expected = tuple(line for line in lines[below:end] if line.startswith(("-- >", "-- !")))
        found.append(Anchor(f"{path.name}:{i + 1}", read[1], read[2], plain(read[3]), expected))
    return found


def all_anchors() -> list[Anchor]:
    return [anchor for path in sorted((HERE / "cases" / "local").glob("*.sql")) for anchor in anchors(path)]


def all_facts() -> list[Fact]:
    return [
        f
        for letter in LETTERS
        for path in sorted(REFERENCE.glob(f"{letter}-*.md"))
        for f in facts(path.read_text(encoding="utf-8"))
    ]


def meant(known: list[Fact], section: str, quote: str) -> list[Fact]:
    """The facts that hold the quote; the one that is nothing else, where there is one."""
    found = [fact for fact in known if fact.section == section and plain(quote) in fact.text]
    return [fact for fact in found if fact.text == plain(quote)] or found


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said about each fact: by a case, a test, or an entry of facts.toml."""

    proved: frozenset[Fact]
    refused: frozenset[Fact]
    elsewhere: frozenset[Fact]
    excused: dict[Fact, str]
    problems: tuple[str, ...]


def standing(known: list[Fact]) -> Standing:
    problems: list[str] = []

    def one(section: str, quote: str, where: str) -> list[Fact]:
        found = meant(known, section, quote)
        if len(found) != 1:
            problems.append(f"{where}: {section} has {len(found)} facts with {quote!r}")
        return found[:1]

    by_verb: dict[str, set[Fact]] = {"proves": set(), "refuses": set()}
    for anchor in all_anchors():
        by_verb[anchor.verb].update(one(anchor.section, anchor.quote, anchor.where))
    elsewhere: set[Fact] = set()
    for entry in NOT_PROVED.get("elsewhere", []):
        elsewhere.update(one(entry["section"], entry["quote"], "facts.toml"))
        if not exists(entry["test"]):
            problems.append(f"facts.toml: there is no test {entry['test']}")
    done = {fact for some in (*by_verb.values(), elsewhere) for fact in some}
    excused: dict[Fact, str] = {}
    for kind in ("not_yet", "nothing_to_prove"):
        for entry in NOT_PROVED.get(kind, []):
            quotes = entry.get("quotes")
            named = [f for q in quotes or () for f in one(entry["section"], q, "facts.toml")]
            problems += [f"facts.toml: {f.section} has a case: {f.text}" for f in named if f in done]
            if quotes is None:
                named = [f for f in known if f.section == entry["section"] and f not in done]
            if not named:
                problems.append(f"facts.toml: nothing is left of {entry['section']}")
            excused |= dict.fromkeys(named, f"{kind}: {entry['reason']}")
    return Standing(
        frozenset(by_verb["proves"]), frozenset(by_verb["refuses"]), frozenset(elsewhere), excused, tuple(problems)
    )


def exists(test: str) -> bool:
    file, _, name = test.partition("::")
    path = HERE / f"{file}.py"
    return path.is_file() and re.search(rf"^def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def test_below_each_anchor_stand_statements_with_an_expectation() -> None:
    found = [f"{a.where}: {a.problem}" for a in all_anchors() if a.problem]
    assert not found, "\n".join(found)


def test_facts_are_rows_items_lines_of_grammar_and_sentences() -> None:
    page = "# A\nIntro.\n## A.1 One\nIt is. It was\nlong ago.\n\n| a | b |\n|---|---|\n| 1 | `2` |\n```\nX\n  Y\n```\n* one\n  item\n* two\n### More\n1. three\n"
    assert [fact.text for fact in facts(page)] == [
        "It is.", "It was long ago.", "| 1 | 2 |", "X", "Y", "one item", "two", "three",
    ]  # fmt: skip
    assert {fact.section for fact in facts(page)} == {"A.1"}


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference is not part of the project")
def test_each_fact_has_a_case_or_a_reason() -> None:
    known = all_facts()
    told = standing(known)
    sys.stdout.write(summary(known, told) + "\n")
    assert not told.problems, "\n".join(told.problems)
    said = told.proved | told.refused | told.elsewhere | told.excused.keys()
    missing = [f"{f.section}: {f.text}" for f in known if f.is_confirmed and f not in said]
    assert not missing, "no case and no reason:\n" + "\n".join(missing)


def summary(known: list[Fact], told: Standing) -> str:
    lines = []
    for letter in LETTERS:
        here = {f for f in known if f.section.startswith(letter) and f.is_confirmed}
        yet = [f for f in here if told.excused.get(f, "").startswith("not_yet")]
        nothing = [f for f in here if told.excused.get(f, "").startswith("nothing")]
        lines.append(
            f"{letter}: {len(here)} facts, {len(here & (told.proved | told.elsewhere))} proved, {len(here & told.refused)} refused, "
            f"{len(nothing)} say nothing of an account, {len(yet)} not yet"
        )
    return "\n".join(lines)


def main() -> None:
    known, sections = all_facts(), sys.argv[1:]
    told = standing(known)
    for fact in known:
        if fact in told.proved | told.refused | told.elsewhere or not fact.is_confirmed:
            continue
        if not sections or fact.section in sections:
            reason = told.excused.get(fact, "neither a case nor a reason")
            sys.stdout.write(f"{fact.section}: {fact.text}\n    {reason}\n")
    sys.stdout.write(summary(known, told) + "\n")


if __name__ == "__main__":
    main()
