"""CREATE PROCEDURE (reference E.7), and the arguments of routines."""

from dataclasses import dataclass

from snowpipe_deploy.names import fold, quote
from snowpipe_deploy.sqltext.head import (
    Clause,
    Cursor,
    ReadError,
    flag,
    one_word,
    options,
    setting,
    text_setting,
    value,
)
from snowpipe_deploy.sqltext.lexer import normalized
from snowpipe_deploy.types import DataType, parse_type, signature_type


def returns(cursor: Cursor) -> str:
    """`RETURNS type [NOT NULL]` or `RETURNS TABLE (…)`, made comparable."""
    if cursor.accept("TABLE"):
        return f"TABLE({normalized(cursor.parens())})"
    start = cursor.peek().start
    cursor.take()
    while cursor.accept_any("PRECISION", "VARYING"):
        pass
    if cursor.peek().text == "(":
        cursor.parens()
    text = cursor.text[start : cursor.tokens[cursor.at - 1].end]
    try:
        found = str(parse_type(text))
    except ValueError as error:
        raise ReadError(str(error), start) from error
    return found + (" NOT NULL" if cursor.accept("NOT", "NULL") else "")


CLAUSES = (
    Clause("COPY GRANTS", flag),
    Clause("RETURNS", returns),
    Clause("LANGUAGE", one_word),
    Clause("CALLED ON NULL INPUT", flag),
    Clause("RETURNS NULL ON NULL INPUT", flag),
    Clause("STRICT", flag),
    Clause("VOLATILE", flag),
    Clause("IMMUTABLE", flag),
    Clause("MEMOIZABLE", flag),
    text_setting("COMMENT"),
    Clause("EXECUTE AS OWNER", flag),
    Clause("EXECUTE AS CALLER", flag),
    Clause("EXECUTE AS RESTRICTED CALLER", flag),
    Clause("RUNTIME_VERSION", value),
    Clause("PACKAGES", options),
    Clause("IMPORTS", options),
    Clause("HANDLER", value),
    Clause("EXTERNAL_ACCESS_INTEGRATIONS", options),
    Clause("SECRETS", options),
    Clause("TARGET_PATH", value),
    Clause("ARTIFACT_REPOSITORY", value),
)


def _returned(cursor: Cursor) -> str:
    """Any type, known or not: structured types, and those that come with the next release."""
    if cursor.accept("TABLE"):
        return f"TABLE({normalized(cursor.parens())})"
    words = [cursor.take().upper]
    while cursor.accept_any("PRECISION", "VARYING", "WITH LOCAL TIME ZONE", "WITH TIME ZONE"):
        pass
    while cursor.peek().text == "(":
        words.append(f"({normalized(cursor.parens())})")
    return "".join(words) + (" NOT NULL" if cursor.accept("NOT", "NULL") else "")


# read wherever they stand, but not deployed
ALSO = (
    Clause("RETURNS", _returned),
    setting("API_INTEGRATION"),
    setting("HEADERS"),
    setting("CONTEXT_HEADERS"),
    setting("MAX_BATCH_ROWS"),
    setting("REQUEST_TRANSLATOR"),
    setting("RESPONSE_TRANSLATOR"),
    setting("LOG_LEVEL"),
    setting("TRACE_LEVEL"),
    Clause("WITH TAG", options),
)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a routine; `default` is None when it must be given."""

    name: str
    type: DataType
    mode: str = "IN"
    default: str | None = None


def arguments(text: str) -> tuple[Argument, ...]:
    """The arguments between the parentheses of a CREATE PROCEDURE or FUNCTION."""
    cursor, found = Cursor(text), []
    while not cursor.done:
        mode = cursor.accept_any("IN", "OUT") or "IN"
        name = fold(cursor.take().text)
        if word := cursor.accept_any("IN", "INPUT", "OUT", "OUTPUT"):  # it may stand behind the name as well
            mode = word.removesuffix("PUT")
        written = cursor.until(",", "DEFAULT")
        default = cursor.until(",") if cursor.accept("DEFAULT") else None
        cursor.accept(",")
        try:
            found.append(Argument(name, parse_type(written), mode, default))
        except ValueError as error:
            raise ReadError(f"argument {quote(name)}: {error}", cursor.peek().start) from error
    return tuple(found)


def signature(text: str) -> str:
    """The identity of an overload: `(VARCHAR, NUMBER)`. OUT arguments are no part of it."""
    given = (argument for argument in arguments(text) if argument.mode != "OUT")
    return f"({', '.join(signature_type(str(argument.type)) for argument in given)})"
