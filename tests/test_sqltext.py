"""Reading SQL: lossless tokens, whole blocks, places that do not move, on any input."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snowpipe_deploy.analysis.program import from_texts
from snowpipe_deploy.jinja import guess
from snowpipe_deploy.lint import findings
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.sqltext.clauses import head
from snowpipe_deploy.sqltext.lexer import code, line_of, line_starts, tokens, unescape
from snowpipe_deploy.sqltext.recover import parts
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.templates import plain
from snowpipe_deploy.types import parse_type

FOLDER = Path(__file__).parent / "cases" / "split"


def split_cases() -> list[tuple[str, str]]:
    """Title and text of every case: `-- case: title` begins one, a line `-- |` ends each statement that is expected."""
    found = []
    for path in sorted(FOLDER.glob("*.sql")):
        first, *rest = re.split(r"^-- case: (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [(path.stem, first)] if first.strip() else []
        found += list(zip(rest[0::2], rest[1::2], strict=True))
    return found


CASES = split_cases()
WORDS = st.sampled_from(
    ["begin", "end", "if", "then", "else", "case", "when", "loop", "for", "do", "declare", "as", ";", "$$", "'", '"', "(", ")", "--",
     "/*", "*/", "\n", " ", "create task t", "select 1", "@s/a", "x", ":=", "begin transaction", "//", "\\", "é"]
)  # fmt: skip
ANY_SQL = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map(" ".join))


def _cleaned(text: str) -> str:
    """Without the comments and semicolons around it, which no statement holds."""
    return re.sub(r"^(?:\s|;|--[^\n]*\n|//[^\n]*\n|/\*.*?\*/)*", "", text, flags=re.DOTALL).strip()


@pytest.mark.parametrize("text", [text for _, text in CASES], ids=[title for title, _ in CASES])
def test_split_case(text: str) -> None:
    wanted = [_cleaned(part).rstrip(";").rstrip() for part in text.split("-- |\n")]
    found = [piece.text for piece in split(text.replace("-- |\n", ""))]
    assert found == [re.sub(r"\s*;\s*(--[^\n]*)?$", "", part) for part in wanted if part]


def test_there_are_sixty_cases_made_by_hand() -> None:
    assert len(CASES) >= 60


# statements by grammar: what is joined with `;` must come apart again
NAMES = st.sampled_from(["a", "b_1", '"end"', "begin_", "t.end", "end_", "x$y"])
LITERALS = st.sampled_from(["1", "'a;b'", "'it''s; $$'", "$$ begin; ' $$", "'\\\\'", "@s/p;".rstrip(";"), ":v", "$1"])
EXPRESSIONS = st.recursive(
    st.one_of(NAMES, LITERALS),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]} + {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"case when {p[0]} then {p[1]} else 2 end"),
        st.tuples(inner, inner).map(lambda p: f"case {p[0]} when 1 then {p[1]} end"),
    ),
    max_leaves=4,
)
SIMPLE = st.one_of(
    EXPRESSIONS.map(lambda e: f"select {e} as x from t"),
    EXPRESSIONS.map(lambda e: f"insert into t (begin, end) select {e}, end from s -- ; comment\n"),
    st.sampled_from(
        ["commit", "begin transaction", "update t set /* ; end */ end = 1", "call p(1)", "drop table if exists t"]
    ),
)
INSIDE = st.one_of(
    SIMPLE,
    EXPRESSIONS.map(lambda e: f"let x := {e}"),
    st.just("null"),
    st.just("return 1"),
    st.just("x := repeat('a', 2)"),
)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map(lambda found: "; ".join(found) + ";")
    return st.one_of(
        body.map(lambda b: f"begin {b} end"),
        st.tuples(body, body).map(lambda p: f"begin {p[0]} exception when other then {p[1]} end"),
        st.tuples(EXPRESSIONS, body, body).map(
            lambda p: f"if ({p[0]}) then {p[1]} elseif (a) then null; else {p[2]} end if"
        ),
        body.map(lambda b: f"for i in 1 to 3 do {b} end for"),
        body.map(lambda b: f"for r in c loop {b} end loop lbl"),
        st.tuples(EXPRESSIONS, body).map(lambda p: f"while ({p[0]}) do {p[1]} end while"),
        body.map(lambda b: f"loop {b} end loop"),
        st.tuples(body, EXPRESSIONS).map(lambda p: f"repeat {p[0]} until ({p[1]}) end repeat"),
        st.tuples(EXPRESSIONS, body, body).map(lambda p: f"case ({p[0]}) when 1 then {p[1]} else {p[2]} end case"),
    )


BODIES = st.recursive(INSIDE, _blocks, max_leaves=6)
BLOCKS = st.lists(BODIES, min_size=1, max_size=3).map(lambda found: f"begin {'; '.join(found)}; end")
STATEMENTS = st.one_of(
    SIMPLE,
    BLOCKS,
    BLOCKS.map(lambda b: f"declare v int default 1; {b}"),
    BLOCKS.map(lambda b: f"create task t warehouse = w comment = 'as; begin' when system$stream_has_data('s') as {b}"),
    BLOCKS.map(lambda b: f"create or replace procedure p(a int) returns int language sql as {b}"),
    BLOCKS.filter(lambda b: "$$" not in b).map(lambda b: f"create procedure p() returns int as $${b};$$"),
    EXPRESSIONS.map(lambda e: f"create view v as select {e} as x from t"),
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=5))
def test_statements_come_apart_as_they_were_joined(wanted: list[str]) -> None:
    text = "\n;".join(wanted) + "\n;"
    assert [piece.text for piece in split(text)] == [re.sub(r"\s*--[^\n]*\s*$", "", w.strip()) for w in wanted]
    assert [part.piece.text for part in parts(text)] == [piece.text for piece in split(text)]


def _code_blocks() -> list[str]:
    """All SQL of the project, and every code block of the texts beside it, where they are there."""
    root = Path(__file__).parent.parent
    found = [p.read_text(encoding="utf-8") for p in root.rglob("*.sql*") if ".venv" not in p.parts and p.is_file()]
    for path in sorted((root.parent / "shared").rglob("*")) if (root.parent / "shared").exists() else []:
        if path.suffix in {".md", ".txt"}:
            found += re.findall(r"```[^\n]*\n(.*?)```", path.read_text(encoding="utf-8", errors="replace"), re.DOTALL)
    return found


def test_all_sql_here_round_trips() -> None:
    blocks = _code_blocks()
    assert len(blocks) > 100
    for text in blocks:
        loses_nothing(text)


def loses_nothing(text: str) -> None:
    """Tokens, pieces and parts hold every character but blanks, comments and `;` between statements, each at its place."""
    assert "".join(token.text for token in tokens(text)) == text
    for pieces in (split(text), [part.piece for part in parts(text)]):
        at = 0
        for piece in pieces:
            between = text[at : piece.start]
            assert all(t.text == ";" or t.kind in {"space", "comment"} for t in tokens(between)), between
            assert text.startswith(piece.text, piece.start)
            assert line_of(line_starts(text), piece.start) == (piece.line, piece.column)
            at = piece.start + len(piece.text)
        rest = text[at:]
        assert all(t.text == ";" or t.kind in {"space", "comment"} for t in tokens(rest)), rest


@given(ANY_SQL)
def test_reading_loses_nothing(text: str) -> None:
    loses_nothing(text)


@settings(max_examples=200, deadline=None)
@given(ANY_SQL)
def test_whatever_is_read_gives_findings_and_no_crash(text: str) -> None:
    findings(from_texts([plain("a.sql", guess("a.sql", text, {}).text)], in_project=False))


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
