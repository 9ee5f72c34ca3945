"""Reading SQL: lossless tokens, whole blocks, places that do not move, on any input."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.sqltext.clauses import head
from snowpipe_deploy.sqltext.lexer import code, tokens, unescape
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.types import parse_type

CASES = sorted((Path(__file__).parent / "cases" / "split").glob("*.sql"))
WORDS = st.sampled_from(
    ["begin", "end", "if", "then", "else", "case", "when", "loop", "for", "do", "declare", "as", ";", "$$", "'", '"', "(", ")", "--",
     "/*", "*/", "\n", " ", "create task t", "select 1", "@s/a", "x", ":=", "begin transaction", "//", "\\", "é"]
)  # fmt: skip
ANY_SQL = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map(" ".join))


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_split_case(path: Path) -> None:
    """A case holds statements, each ended by a line `-- |`."""
    text = path.read_text(encoding="utf-8")
    wanted = [part.strip().rstrip(";").rstrip() for part in text.split("-- |")]
    found = [piece.text for piece in split(text.replace("-- |", ""))]
    assert found == [part for part in wanted if part]


@given(ANY_SQL)
def test_tokens_lose_nothing(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@given(ANY_SQL)
def test_split_loses_nothing_that_means_something(text: str) -> None:
    pieces = split(text)
    kept = [token.text for piece in pieces for token in code(piece.text) if token.text != ";"]
    assert kept == [token.text for token in code(text) if token.text != ";"]
    for piece in pieces:
        line = text.split("\n")[piece.line - 1]
        assert line[piece.column - 1 :].startswith(piece.text.split("\n")[0])


@given(st.text(min_size=1, max_size=20).filter(lambda t: "\0" not in t))
def test_names_round_trip(part: str) -> None:
    name = ObjectName((part,))
    assert ObjectName.parse(str(name)) == name


@given(st.text(max_size=40))
def test_literals_round_trip(text: str) -> None:
    assert unescape(literal(text)[1:-1]) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [("string", "varchar(16777216)"), ("int", "number(38,0)"), ("decimal(10)", "NUMBER(10,0)"), ("datetime", "timestamp_ntz(9)"),
     ("double precision", "float"), ("char", "varchar(1)")],
)  # fmt: skip
def test_type_synonyms_are_one_type(one: str, other: str) -> None:
    assert parse_type(one) == parse_type(other)


def test_the_clauses_of_a_task_come_in_any_order() -> None:
    one = head(
        "create task t warehouse = w schedule = '1 minute' comment = 'x;y' when system$stream_has_data('S') as select 1"
    )
    other = head(
        "create or replace task t comment='x;y' schedule='1 minute' warehouse=w when system$stream_has_data('S') as select 1"
    )
    assert one.clauses == other.clauses
    assert one.body == other.body == "select 1"
