"""Nothing passes by default: every function and operator that the parser knows is on the allow-list with cases, or refused by name.

And the list is what lets them pass: without its entry, the cases of an entry are refused.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlglot import exp
from sqlglot.dialects.snowflake import Snowflake

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.query import reading
from snowpipe_deploy.local.query.rules import RULES
from snowpipe_deploy.local.query.translate import parse
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.split import split

CASES = Path(__file__).parent / "cases" / "local"
NAMES = sorted(name for name in RULES if isinstance(name, str))
PARSER, TOKENIZER = Snowflake.parser_class, Snowflake.tokenizer_class
Uses = dict[str | type[exp.Expression], list[str]]


@pytest.fixture(scope="module")
def uses() -> Uses:
    """For each function name and node: the queries among the cases that answer with rows and hold it."""
    found: Uses = {}
    for path in sorted(CASES.glob("*.sql")):
        text = path.read_text()
        lines, pieces = text.splitlines(), split(text)
        for piece in pieces:
            below = lines[piece.line + piece.text.count("\n") :][:1]
            if not below or not below[0].startswith("-- >") or not piece.text.upper().startswith(("SELECT", "WITH")):
                continue
            for key in set(_keys(piece.text)):
                found.setdefault(key, []).append(piece.text)
    return found


def _keys(text: str) -> Iterator[str | type[exp.Expression]]:
    try:
        tree = parse(text)
    except (SqlError, DeployError):
        return
    for node in tree.walk():
        yield type(node)
        if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc) and not isinstance(node.parent, exp.Dot):
            yield str(node.name).upper()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSession]:
    account = LocalAccount(tmp_path_factory.mktemp("account"))
    opened = account.session()
    opened.execute("CREATE DATABASE DB")
    yield opened
    account.close()


def _node_of(name: str) -> type[exp.Expression] | None:
    for arguments in ("", "a", "a, b", "a, b, c", "a AS INT", "YEAR FROM a", "SELECT 1"):
        try:
            node = parse(f"SELECT {name}({arguments})").expressions[0].unalias()
        except (SqlError, DeployError, TypeError, AttributeError):
            continue
        node = node.this if isinstance(node, exp.Window) else node
        if not isinstance(node, exp.Anonymous | exp.Alias):
            return type(node)
    return None


def refusal(session: LocalSession, text: str) -> str:
    """The words by which a query is refused, or an empty string."""
    try:
        session.execute(text)
    except SqlError as error:
        return str(error)
    return ""


# -- functions and operators -----------------------------------------------------------------------------------------

# names whose calls the parser makes a node of its own: the entry is the node's
NODES = {name: node for name in reading.NODES if (node := _node_of(name)) in RULES}


# words of clauses and operators, and table functions, which are refused where no table stands
NO_FUNCTIONS = {"AND", "APPLY", "CASE", "DIRECTORY", "FLATTEN", "GENERATOR", "IDENTIFIER", "OR", "TABLE", "UNNEST"}


# what only a task, a stream or a pipe can be asked: their cases are scripts
IN_SCRIPTS = {name for name in NAMES if name.startswith("SYSTEM$")} | {"GET_DDL", "LAST_QUERY_ID"}


@pytest.mark.parametrize("name", NAMES)
def test_each_function_of_the_list_has_a_case(name: str, uses: Uses) -> None:
    if name in IN_SCRIPTS:
        assert any(f"{name}(" in path.read_text().upper() for path in CASES.glob("*.sql"))
    else:
        assert uses.get(name), f"{name} is on the allow-list, but no query of tests/cases/local calls it"


def test_each_other_function_of_the_parser_is_refused_by_name(session: LocalSession) -> None:
    wrong = {}
    for name in sorted(reading.KNOWN - set(NAMES) - set(NODES) - NO_FUNCTIONS):
        said = [refusal(session, f"SELECT {name}({', '.join('1' * count)})") for count in range(4)]
        by_name = ["not supported by the local account" in words and name in words for words in said]
        if not (all(said) and any(by_name)):
            wrong[name] = said
    assert not wrong


@pytest.mark.parametrize("name", sorted(NO_FUNCTIONS))
def test_what_is_no_function_is_refused_as_one(name: str, session: LocalSession) -> None:
    assert all(refusal(session, f"SELECT {name}({', '.join('1' * count)})") for count in range(4))


def test_without_its_entry_the_cases_of_a_function_are_refused(
    session: LocalSession, uses: Uses, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = []
    for name in NAMES:
        with monkeypatch.context() as without:
            without.delitem(RULES, name)
            for text in uses.get(name, []):
                words = refusal(session, text)
                if f"function {name}" not in words and "does not exist" not in words:
                    passed.append(f"{name}: {text}: {words}")
    assert not passed


@pytest.mark.parametrize("name", sorted(NODES))
def test_each_function_that_is_a_node_has_a_case(name: str, uses: Uses) -> None:
    called = re.compile(rf"\b{name}\b", re.IGNORECASE)
    assert any(called.search(text) for text in uses.get(NODES[name], [])), f"no query of tests/cases/local calls {name}"


def test_without_its_entry_the_cases_of_a_node_are_refused(
    session: LocalSession, uses: Uses, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = []
    for node in [
        key
        for key in RULES
        if isinstance(key, type) and issubclass(key, exp.Func | exp.Binary | exp.Unary) and key not in SYNTAX
    ]:
        with monkeypatch.context() as without:
            without.delitem(RULES, node)
            passed += [f"{node.__name__}: {text}" for text in uses.get(node, []) if not refusal(session, text)]
    assert not passed


# parts of names, arguments and clauses
SYNTAX = {exp.Alias, exp.Anonymous, exp.Dot, exp.Escape, exp.Kwarg, exp.Paren, exp.PropertyEQ}


def _operators() -> Iterator[str]:
    tables = (
        PARSER.ASSIGNMENT, PARSER.DISJUNCTION, PARSER.CONJUNCTION, PARSER.EQUALITY, PARSER.COMPARISON, PARSER.BITWISE, PARSER.TERM,
        PARSER.FACTOR, PARSER.EXPONENT, PARSER.RANGE_PARSERS, PARSER.COLUMN_OPERATORS,
    )  # fmt: skip
    tokens = {token for table in tables for token in table}
    return (word for word, token in {**TOKENIZER.KEYWORDS, **TOKENIZER.SINGLE_TOKENS}.items() if token in tokens)


@pytest.mark.parametrize("word", sorted(set(_operators())))
def test_each_operator_of_the_parser_is_on_the_list_with_a_case_or_refused(
    word: str, session: LocalSession, uses: Uses
) -> None:
    text = f"SELECT 'a' {word} 'b' AS x"
    if refusal(session, text):
        return
    node = type(parse(text).expressions[0].unalias())
    assert node in RULES
    assert uses.get(node), f"{word} ({node.__name__}) has no case"
