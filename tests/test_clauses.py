"""The allow-list of clauses: what is on it has a case that needs it, and what is not is refused by name."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from snowpipe_deploy.local.query.clauses import CLAUSES, check, parts, unlisted
from snowpipe_deploy.local.query.rules import RULES
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.split import split

FILES = (
    "clauses_are_known_or_refused", "relations_are_turned", "queries_resolve_names_as_snowflake", "table_functions_give_their_rows",
    "text_functions_answer_as_snowflake", "variants_keep_their_types", "dates_are_counted_and_moved_as_snowflake", "tables_are_read_as_they_were",
    "files_of_a_stage_are_queried",
)  # fmt: skip


@cache
def cases() -> dict[str, list[exp.Expression]]:
    """The queries of case files that answer with rows, by the parts that they use."""
    found: dict[str, list[exp.Expression]] = {}
    for query in _queries():
        used = {part for node in query.walk() if not isinstance(node, exp.Func) for part in parts(node)}
        for part in used:
            found.setdefault(part, []).append(query)
    return found


def _queries() -> Iterator[exp.Expression]:
    folder = Path(__file__).parent / "cases" / "local"
    for file in FILES:
        text = (folder / f"{file}.sql").read_text()
        lines = text.splitlines()
        for piece in split(text):
            below = lines[piece.line + piece.text.count("\n") :]
            if below and below[0].startswith("-- >") and piece.text.startswith(("SELECT", "WITH", "(")):
                yield sqlglot.parse_one(piece.text, read="snowflake")


@pytest.mark.parametrize("part", sorted(CLAUSES))
def test_a_clause_on_the_list_has_a_case_which_is_refused_without_it(part: str) -> None:
    query = cases()[part][0]
    check(query)
    with pytest.raises(SqlError, match=r"^000002 .*not supported by the local account: "):
        check(query, CLAUSES - {part})


@pytest.mark.parametrize(
    "kind", [k for k in RULES if isinstance(k, type) and not issubclass(k, exp.Func)], ids=lambda k: k.__name__
)
def test_a_clause_that_is_not_on_the_list_is_refused(kind: type[exp.Expression]) -> None:
    for name in kind.arg_types:
        node = kind(**{name: exp.Var(this="something")})
        assert set(unlisted(node)) == set(parts(node)) - CLAUSES
        for part in unlisted(node):
            assert not cases().get(part), f"{part} is refused, and yet a case with it answers"
