"""Text of statements that run later: what can be said of it when it is written down, before any of it has run."""

from functools import lru_cache

from snowpipe_deploy.sqltext.clauses.procedure import arguments
from snowpipe_deploy.sqltext.head import ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Block, Let, Nested, Sql, is_block, parse_block, walk
from snowpipe_deploy.types import parse_type

# the words that a statement of Snowflake begins with
_VERBS = frozenset({
    "ALTER", "BEGIN", "CALL", "COMMENT", "COMMIT", "COPY", "CREATE", "DELETE", "DESC", "DESCRIBE", "DROP", "EXECUTE", "EXPLAIN", "GET",
    "GRANT", "INSERT", "LIST", "LS", "MERGE", "PUT", "REMOVE", "REVOKE", "RM", "ROLLBACK", "SELECT", "SET", "SHOW", "START", "TRUNCATE",
    "UNDROP", "UNSET", "UPDATE", "USE", "VALUES", "WITH", "FROM", "(",
})  # fmt: skip


# a tree cannot be changed, and the same bodies run again and again
@lru_cache(maxsize=1000)
def read_block(text: str) -> Block:
    """The tree of a block. The types in it must be known, and each statement begin as one; the objects that it names need not be
    there (reference E.7). Raises ReadError."""
    block = parse_block(text)
    try:
        for node, _ in walk(block):
            if isinstance(node, Let) and node.type.strip() and node.type.strip().upper() != "RESULTSET":
                parse_type(node.type)
            elif isinstance(node, Nested):
                arguments(node.arguments)
                if not node.returns.upper().startswith("TABLE"):
                    parse_type(node.returns.removesuffix(" NOT NULL"))
            elif isinstance(node, Sql) and (word := _stray(node.text)):
                raise ReadError(f"line {node.at.line} at position {node.at.column} unexpected '{word}'", 0)
    except ReadError:
        raise
    except ValueError as error:
        raise ReadError(str(error), 0) from error
    return block


def _stray(text: str) -> str:
    """The first word, where no statement begins with it."""
    first = next(iter(code(text)), None)
    return first.text if first is not None and first.upper not in _VERBS else ""


def check(text: str) -> None:
    """A statement or block that a task or an alert is to run; raises ReadError."""
    if is_block(text):
        read_block(text)
    elif word := _stray(text):
        raise ReadError(f"unexpected '{word}'", 0)
