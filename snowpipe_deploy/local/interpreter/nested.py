"""Procedures that a block declares (reference E.7): no overloads, OUT arguments, defaults, named arguments, and no ASYNC."""

from collections.abc import Iterator, Sequence

from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.interpreter.held import NestedProcedure, Scope
from snowpipe_deploy.sqltext.clauses.procedure import Argument, arguments
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Nested, foreign


def declared(node: Nested, scopes: Sequence[Scope]) -> NestedProcedure:
    """The procedure with what it sees: the scopes around it, and what its own has so far."""
    given = arguments(node.arguments)
    if any(argument.default is not None or argument.mode == "OUT" for argument in given):
        raise sql_error("syntax", f"nested procedure {node.name} takes no OUT arguments and no defaults")
    if isinstance(scopes[-1].get(node.name), NestedProcedure):
        raise sql_error("syntax", f"nested procedure {node.name} cannot be overloaded")
    if foreign(node.body):
        raise sql_error("syntax", f"nested procedure {node.name} cannot run statements by ASYNC")
    return NestedProcedure(node.name, given, node.returns, node.body, tuple(scopes), tuple(scopes[-1]))


def given(procedure: NestedProcedure, texts: Sequence[str]) -> Iterator[tuple[Argument, str]]:
    """Each argument with its text in the call."""
    if len(texts) != len(procedure.arguments) or any("=>" in (t.text for t in code(text)) for text in texts):
        raise sql_error("missing", "Procedure", f"{procedure.name}({', '.join('…' for _ in texts)})")
    return zip(procedure.arguments, texts, strict=True)
