"""CREATE and DROP PROCEDURE, CALL, EXECUTE IMMEDIATE and anonymous blocks."""

from dataclasses import replace
from functools import lru_cache

from snowpipe_deploy.local import removal
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.interpreter import Interpreter
from snowpipe_deploy.local.query.translate import translate
from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements._common import (
    existing,
    full_name,
    new_entry,
    refuse_unknown,
    renamed,
)
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.procedure import Argument, arguments, signature
from snowpipe_deploy.sqltext.head import Cursor, Head, ReadError
from snowpipe_deploy.sqltext.lexer import code, tokens
from snowpipe_deploy.sqltext.scripting import Block, foreign, parse_block
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.types import signature_type


def body_text(head: Head) -> str:
    """The body without its quotes."""
    body = (head.body or "").strip().rstrip(";").strip()
    parts = code(body)
    return parts[0].value if len(parts) == 1 and parts[0].kind in {"dollar", "string"} else body


def create_routine(runner: Runner, head: Head) -> Answer:
    """A procedure or a function. Only procedures in SQL can be run here; the others are kept as text, and refused when
    they are called."""
    name = full_name(runner, head)
    refuse_unknown(head)
    language = str(head.clauses.get("LANGUAGE", "SQL"))
    if "RETURNS" not in head.clauses:
        raise sql_error("syntax", f"syntax error: a {head.kind.lower()} needs RETURNS")
    identity = signature(head.arguments or "")
    found, answer = existing(runner, head, name, identity)
    if answer:
        return answer
    body = body_text(head)
    if language == "SQL" and head.kind == "PROCEDURE":
        try:
            _read_block(body)
        except ReadError as error:
            raise sql_error("syntax", f"syntax error in the body of {name.last}: {error}") from error
    properties = {
        "arguments": head.arguments or "", "returns": head.clauses["RETURNS"], "body": body, "language": language,
        "execute_as": next((k.rpartition(" ")[2] for k in head.clauses if k.startswith("EXECUTE AS")), "OWNER"),
        "secure": "SECURE" in head.modifiers,
    }  # fmt: skip
    with runner.definition():
        if found is not None and "OR ALTER" in head.modifiers:
            comment = str(head.clauses.get("COMMENT", ""))
            runner.catalog.change(runner.engine, replace(found, properties=properties, comment=comment, text=head.text))
        else:
            if found is not None:
                removal.remove(runner, found)
            runner.catalog.add(runner.engine, new_entry(runner, head, name, properties, identity))
    return status(f"Function {name.last} successfully created.")


def alter_routine(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.rest)
    types = split_list(cursor.parens())
    identity = f"({', '.join(signature_type(part) for part in types)})"
    entry = runner.catalog.get(head.kind, full_name(runner, head), identity)
    if not cursor.accept("RENAME", "TO"):
        raise unsupported(f"ALTER {head.kind} {head.rest[:40]}")
    with runner.definition():
        renamed(runner, entry, cursor)
    return status("Statement executed successfully.")


# a tree cannot be changed, and the same bodies run again and again
@lru_cache(maxsize=1000)
def _read_block(text: str) -> Block:
    """The tree of a block, if all of it can be run here."""
    block = parse_block(text)
    if words := foreign(block):
        raise unsupported(words)
    return block


def call(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    name = cursor.name()
    given = split_list(cursor.parens())
    if name.last.startswith("SYSTEM$"):
        query = translate(runner, f"SELECT {name.last}({', '.join(given)}) AS {name.last}", dict(runner.binds))
        return Answer(runner.engine.query(query.sql, query.values or None))
    entry, values = _resolve(runner, runner.full(name), given)
    if entry.properties["language"] != "SQL":
        raise unsupported(f"calling a procedure in {entry.properties['language']}")
    runner.require(entry, "USAGE")
    context, role = (runner.database, runner.schema), runner.role
    if entry.properties["execute_as"] == "OWNER":
        runner.role = entry.owner
        # the names in an owner's-rights body belong to the procedure's own schema (reference E.7)
        runner.database, runner.schema = entry.name.parts[0], entry.name.parts[1]
    runner.scope += 1
    try:
        interpreter = Interpreter(runner, _read_block(entry.properties["body"]), values, entry.properties["body"])
        result = interpreter.run()
        if not isinstance(result, Answer):
            result = interpreter.returned(result, str(entry.properties["returns"]))
        if runner.transaction is not None and runner.transaction_scope == runner.scope:
            raise sql_error("open_transaction")
    except BaseException:
        if runner.transaction is not None and runner.transaction_scope == runner.scope:
            runner.rollback()  # an exception that leaves a procedure rolls back what it began (reference E.5)
        raise
    finally:
        runner.scope -= 1
        (runner.database, runner.schema), runner.role = context, role
    if isinstance(result, Answer):
        return result
    return listing((entry.name.last,), [[result]])


def _resolve(runner: Runner, name: ObjectName, given: tuple[str, ...]) -> tuple[Entry, dict[str, Typed]]:
    """The overload that takes these arguments, and their values."""
    named: dict[str, str] = {}
    positional: list[str] = []
    for text in given:
        parts = code(text)
        if len(parts) > 2 and parts[1].text == "=>":
            named[fold(parts[0].text)] = text[parts[2].start :]
        else:
            positional.append(text)
    fitting = []
    for entry in runner.catalog.overloads("PROCEDURE", name):
        wanted = arguments(entry.properties["arguments"])
        if chosen := _fit(wanted, positional, named):
            fitting.append((entry, wanted, chosen))
        elif not wanted and not given:
            fitting.append((entry, wanted, {}))
    if not fitting:
        raise sql_error("missing", "Procedure", f"{name}({', '.join('…' for _ in given)})")
    if len(fitting) > 1:
        raise unsupported("choosing between overloads with the same number of arguments")
    entry, wanted, chosen = fitting[0]
    values = {}
    for argument in wanted:
        query = translate(runner, f"SELECT ({chosen[argument.name]})::{argument.type} AS V", dict(runner.binds))
        row = runner.expression(query.sql, query.values).rows[0]
        values[argument.name] = Typed(row[0], argument.type)
    return entry, values


def _fit(wanted: tuple[Argument, ...], positional: list[str], named: dict[str, str]) -> dict[str, str]:
    if len(positional) > len(wanted):
        return {}
    chosen = {argument.name: text for argument, text in zip(wanted, positional, strict=False)}
    chosen |= named
    for argument in wanted:
        if argument.name not in chosen:
            if argument.default is None:
                return {}
            chosen[argument.name] = argument.default
    return chosen if len(chosen) == len(wanted) else {}


def execute_immediate(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.expect("EXECUTE", "IMMEDIATE")
    using = cursor.text.upper().rfind(" USING ")
    if cursor.peek().kind in {"string", "dollar"} and cursor.peek(1).upper in {"", "USING"}:
        text = cursor.take().value
        given = split_list(cursor.parens()) if cursor.accept("USING") else ()
    else:
        expression = cursor.text[cursor.peek().start : using if using > 0 else None]
        given = split_list(Cursor(cursor.text[using + 7 :]).parens()) if using > 0 else ()
        query = translate(runner, f"SELECT {_with_colons(runner, expression)} AS V", dict(runner.binds))
        text = str(runner.engine.query(query.sql, query.values or None).rows[0][0])
    binds = dict(runner.binds)
    for i, name in enumerate(given):
        binds[f"__USING{i}"] = _value(runner, name)
    pieces = split(text)
    if len(pieces) != 1:
        raise sql_error("statement_count", len(pieces))
    return runner.run_text(_placed(pieces[0].text, len(given)), binds if given else {})


def _with_colons(runner: Runner, expression: str) -> str:
    """The text to execute is a scripting expression: variables stand in it without a colon."""
    parts = tokens(expression)
    return "".join(
        f":{token.text}" if token.kind == "word" and token.upper in runner.binds and (not i or parts[i - 1].text != ":")
        else token.text
        for i, token in enumerate(parts)
    )  # fmt: skip


def _value(runner: Runner, name: str) -> Typed:
    variable = fold(name.lstrip(":").strip())
    if variable not in runner.binds:
        raise sql_error("syntax", f"variable {variable} in USING is not declared")
    return runner.binds[variable]  # type: ignore[no-any-return]  # binds hold Typed values


def _placed(text: str, count: int) -> str:
    """Each `?` as a named variable."""
    out, number = [], 0
    for token in tokens(text):
        if token.text == "?" and token.kind == "symbol":
            out.append(f":__USING{number}")
            number += 1
        else:
            out.append(token.text)
    if number != count:
        raise sql_error("syntax", f"{number} placeholders, but USING gives {count} values")
    return "".join(out)


def block(runner: Runner, head: Head) -> Answer:
    try:
        tree = _read_block(head.text)
    except ReadError as error:
        raise sql_error("syntax", f"syntax error: {error}") from error
    result = Interpreter(runner, tree, {}, head.text).run()
    return result if isinstance(result, Answer) else listing(("anonymous block",), [[result]])


HANDLERS = {
    ("CREATE", "PROCEDURE"): create_routine,
    ("CREATE", "FUNCTION"): create_routine,
    ("ALTER", "PROCEDURE"): alter_routine,
    ("ALTER", "FUNCTION"): alter_routine,
    ("CALL",): call,
    ("EXECUTE", "IMMEDIATE"): execute_immediate,
    ("BLOCK",): block,
}
