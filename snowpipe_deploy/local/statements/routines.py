"""CREATE and DROP PROCEDURE, CALL, EXECUTE IMMEDIATE and anonymous blocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from snowpipe_deploy.local import python, removal
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.interpreter import Interpreter
from snowpipe_deploy.local.interpreter.texts import check_rights, placed
from snowpipe_deploy.local.query.routines import fit
from snowpipe_deploy.local.query.translate import check_function, translate
from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements._common import (
    ended,
    existing,
    full_name,
    new_entry,
    overload,
    refuse_unknown,
    renamed,
)
from snowpipe_deploy.local.statements._later import read_block
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses.procedure import Argument, arguments, signature
from snowpipe_deploy.sqltext.head import Cursor, Head, ReadError
from snowpipe_deploy.sqltext.lexer import code, tokens
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.types import parse_type

_LANGUAGES = ("SQL", "PYTHON", "JAVASCRIPT", "JAVA", "SCALA")
_MOST_ARGUMENTS = 500
_UNSUPPORTED = unsupported("").errno


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
    if language not in _LANGUAGES:
        raise sql_error("syntax", f"syntax error: LANGUAGE {language}: there are {', '.join(_LANGUAGES)}")
    if not head.body and not head.clauses.keys() & {"IMPORTS", "HANDLER"}:
        raise sql_error("syntax", f"syntax error: unexpected '<EOF>': {head.kind.lower()} {name.last} has no body")
    if language not in {"SQL", "JAVASCRIPT"} and "HANDLER" not in head.clauses:
        raise sql_error("options", "HANDLER")
    identity = signature(head.arguments or "")
    found, answer = existing(runner, head, name, identity)
    if answer:
        return answer
    if head.kind == "PROCEDURE":
        _check_arguments(runner, name, arguments(head.arguments or ""), found)
    body = body_text(head)
    if language == "SQL" and head.kind == "PROCEDURE":
        try:
            read_block(body)
        except ReadError as error:
            raise sql_error("syntax", f"syntax error in the body of {name.last}: {error}") from error
    properties = {
        "arguments": head.arguments or "", "returns": head.clauses["RETURNS"], "body": body, "language": language,
        "execute_as": next((k.removeprefix("EXECUTE AS ") for k in head.clauses if k.startswith("EXECUTE AS")), "OWNER"),
        "strict": bool({"STRICT", "RETURNS NULL ON NULL INPUT"} & head.clauses.keys()),
        "secure": "SECURE" in head.modifiers, "aggregate": "AGGREGATE" in head.modifiers,
        "immutable": "IMMUTABLE" in head.clauses,
        **{word.lower(): str(head.clauses[word]) for word in ("HANDLER", "PACKAGES", "IMPORTS") if word in head.clauses},
    }  # fmt: skip
    with runner.definition():
        entry = new_entry(runner, head, name, properties, identity)  # with OR ALTER without tags: see `existing`
        if head.kind == "FUNCTION" and language == "SQL":
            _check_body(runner, entry)
        if found is not None and "OR ALTER" in head.modifiers:
            if found.properties["returns"] != properties["returns"]:
                raise sql_error("syntax", f"CREATE OR ALTER cannot change what {head.kind.lower()} {name.last} returns")
            comment = str(head.clauses.get("COMMENT", ""))
            runner.catalog.change(runner.engine, replace(found, properties=properties, comment=comment, text=head.text))
        else:
            if found is not None:
                removal.remove(runner, found)
            runner.catalog.add(runner.engine, entry)
    return status(f"Function {name.last} successfully created.")


def _check_body(runner: Runner, entry: Entry) -> None:
    """What a function in SQL names must be there; what is not understood here is refused when it is called."""
    try:
        check_function(runner, entry)
    except SqlError as error:
        if error.errno != _UNSUPPORTED:
            raise


def _check_arguments(runner: Runner, name: ObjectName, given: tuple[Argument, ...], replaced: Entry | None) -> None:
    """At most 500, those with defaults last, and no overload that defaults could hide (reference E.7)."""
    if len(given) > _MOST_ARGUMENTS:
        raise sql_error("syntax", f"a procedure has at most {_MOST_ARGUMENTS} arguments")
    if len({argument.name for argument in given}) < len(given):
        raise sql_error("syntax", "two arguments have the same name")
    with_default = [argument.default is not None for argument in given if argument.mode == "IN"]
    if with_default != sorted(with_default):
        raise sql_error("syntax", "arguments with a default stand behind those without")
    if any(argument.mode == "OUT" and argument.default is not None for argument in given):
        raise sql_error("syntax", "an OUT argument has no default")
    for other in runner.catalog.overloads("PROCEDURE", name):
        if other != replaced and (same := _calls(given) & _calls(arguments(other.properties["arguments"]))):
            raise sql_error("syntax", f"procedure {name} has an overload that takes ({', '.join(min(same))}) as well")


def _calls(given: tuple[Argument, ...]) -> set[tuple[str, ...]]:
    """The lists of types by which a procedure may be called."""
    types = [argument.type.base for argument in given if argument.mode == "IN"]
    least = sum(argument.default is None for argument in given if argument.mode == "IN")
    return {tuple(types[:count]) for count in range(least, len(types) + 1)}


def alter_routine(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.rest)
    identity = overload(cursor.parens())
    entry = runner.catalog.get(head.kind, full_name(runner, head), identity)
    if cursor.accept("RENAME", "TO"):
        with runner.definition():
            renamed(runner, entry, cursor)
        return status("Statement executed successfully.")
    if cursor.accept("SET", "COMMENT", "="):
        changed = replace(entry, comment=cursor.take().value)
    elif cursor.accept("UNSET", "COMMENT"):
        changed = replace(entry, comment="")
    elif rights := cursor.accept_any("EXECUTE AS OWNER", "EXECUTE AS CALLER"):
        ended(cursor)
        changed = entry.with_(execute_as=rights.removeprefix("EXECUTE AS "))
    else:
        raise unsupported(f"ALTER {head.kind} {head.rest[:40]}")
    with runner.definition():
        runner.catalog.change(runner.engine, changed)
    return status("Statement executed successfully.")


def call(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    name = cursor.name()
    given = split_list(cursor.parens())
    ended(cursor)
    if name.last.startswith("SYSTEM$"):
        query = translate(runner, f"SELECT {name.last}({', '.join(given)}) AS {name.last}", dict(runner.binds))
        return Answer(runner.engine.query(query.sql, query.values or None))
    entry, values, outs = _resolve(runner, runner.full(name), given)
    language = entry.properties["language"]
    if language not in {"SQL", "PYTHON"}:
        raise unsupported(f"calling a procedure in {language}")
    if entry.properties["execute_as"] == "RESTRICTED CALLER":
        raise unsupported("calling a procedure with EXECUTE AS RESTRICTED CALLER")
    runner.require(entry, "USAGE")
    if entry.properties.get("strict") and any(held.value is None for name, held in values.items() if name not in outs):
        return listing((entry.name.last,), [[None]])
    with _rights_of(runner, entry):
        return _run(runner, entry, values, outs) if language == "SQL" else _run_python(runner, entry, values)


@contextmanager
def _rights_of(runner: Runner, entry: Entry) -> Iterator[None]:
    """With its owner's rights a procedure has its own schema and role, and does not see the caller's variables (reference E.7)."""
    kept = (runner.database, runner.schema, runner.role, runner.variables, runner.owners_rights)
    if entry.properties["execute_as"] == "OWNER":
        runner.database, runner.schema = entry.name.parts[:2]
        runner.role, runner.variables, runner.owners_rights = entry.owner, {}, True
    runner.scope += 1
    try:
        yield
        if runner.transaction is not None and runner.transaction_scope == runner.scope:
            raise sql_error("open_transaction")
    except BaseException:
        if runner.transaction is not None and runner.transaction_scope == runner.scope:
            runner.rollback()  # an exception that leaves a procedure rolls back what it began (reference E.5)
        raise
    finally:
        runner.scope -= 1
        if entry.properties["execute_as"] == "OWNER":
            runner.database, runner.schema, runner.role, runner.variables, runner.owners_rights = kept
        else:  # USE and SET of a procedure with its caller's rights are the caller's
            runner.role, runner.owners_rights = kept[2], kept[4]


def _run(runner: Runner, entry: Entry, values: dict[str, Typed], outs: dict[str, str]) -> Answer:
    body, returns = str(entry.properties["body"]), str(entry.properties["returns"])
    interpreter = Interpreter(runner, read_block(body), values, body)
    result = interpreter.run()
    assigned = {variable: interpreter.value_of(name) for name, variable in outs.items()}
    if not isinstance(result, Answer):
        if returns.startswith("TABLE") and result is not None:
            raise sql_error("return_type", returns, "a value")
        value = interpreter.returned(result, returns) if not returns.startswith("TABLE") else None
        if value is None and returns.endswith(" NOT NULL"):
            raise sql_error("null")
        return Answer(listing((entry.name.last,), [[value]]).rows, assigned=assigned)
    if not returns.startswith("TABLE"):
        raise sql_error("return_type", returns, "TABLE")
    _check_columns(returns, result)
    return Answer(result.rows, assigned=assigned)


def _run_python(runner: Runner, entry: Entry, values: dict[str, Typed]) -> Answer:
    """A procedure in Python: a value as its type says, or the rows of a DataFrame."""
    if any(argument.mode == "OUT" for argument in arguments(entry.properties["arguments"])):
        raise unsupported(f"an OUT argument of {entry.name}, which is in Python")
    procedure = python.procedure(entry, [held.value for held in values.values()])
    result = runner.shared.with_snowpark(runner, procedure)
    runner.check_stop()
    returns = str(entry.properties["returns"])
    if returns.startswith("TABLE"):
        if not isinstance(result, Answer):
            raise sql_error("return_type", returns, "a value")
        _check_columns(returns, result)
        return result
    if isinstance(result, Answer):
        raise sql_error("return_type", returns, "TABLE")
    if result is None and returns.endswith(" NOT NULL"):
        raise sql_error("null")
    of = parse_type(returns.removesuffix(" NOT NULL"))
    value = python.handed(result, of, entry)
    return Answer(
        runner.engine.query(f"SELECT CAST($value AS {engine_type(of)}) AS {quoted(entry.name.last)}", {"value": value})
    )


def _check_columns(returns: str, result: Answer) -> None:
    """RETURNS TABLE (col type, …) and what came; an empty list takes any (reference E.7)."""
    declared = split_list(returns.removeprefix("TABLE")[1:-1])
    if not declared:
        return
    wanted = [argument.type.base for argument in arguments(", ".join(declared))]
    found = [kind.base for kind in result.rows.types]
    if wanted != found:
        raise sql_error("return_type", returns, f"TABLE ({', '.join(found)})")


def _resolve(
    runner: Runner, name: ObjectName, given: tuple[str, ...]
) -> tuple[Entry, dict[str, Typed], dict[str, str]]:
    """The overload that takes these arguments, their values, and the variables that take its OUT arguments."""
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
        chosen = fit(wanted, positional, named, str)
        if chosen is not None:
            fitting.append((entry, wanted, chosen))
    if not fitting:
        raise sql_error("unknown_function", name)
    entry, wanted, chosen = fitting[0] if len(fitting) == 1 else _nearest(runner, name, fitting)
    outs = {argument.name: _variable(chosen[argument.name]) for argument in wanted if argument.mode == "OUT"}
    values = {}
    for argument in wanted:
        if argument.mode == "OUT":
            values[argument.name] = Typed(None, argument.type)
            continue
        query = translate(runner, f"SELECT ({chosen[argument.name]}\n)::{argument.type} AS V", dict(runner.binds))
        row = runner.expression(query.sql, query.values).rows[0]
        values[argument.name] = Typed(row[0], argument.type)
    return entry, values, outs


_Fitting = tuple[Entry, tuple[Argument, ...], dict[str, str]]


def _nearest(runner: Runner, name: ObjectName, fitting: list[_Fitting]) -> _Fitting:
    """Of several overloads the one whose types are those of the arguments; any other choice is refused."""
    exact = [
        one for one in fitting
        if all(_type_of(runner, one[2][a.name]) == a.type.base for a in one[1] if a.mode == "IN" and a.name in one[2])
    ]  # fmt: skip
    if len(exact) != 1:
        raise unsupported(f"choosing between the overloads of {name} by arguments of other types: cast them")
    return exact[0]


def _type_of(runner: Runner, text: str) -> str:
    query = translate(runner, f"SELECT ({text}) AS V", dict(runner.binds))
    return runner.engine.describe(query.sql, query.values or None)[0][1].base


def _variable(text: str) -> str:
    """The variable of the calling block that stands for an OUT argument."""
    parts = code(text)
    if len(parts) != 2 or parts[0].text != ":":
        raise sql_error("syntax", f"an OUT argument is a variable of a block, not {text.strip()}")
    return fold(parts[1].text)


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
    check_rights(runner, pieces[0].text)
    return runner.run_text(placed(pieces[0].text, len(given)), binds if given else {})


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


def anonymous_procedure(runner: Runner, head: Head) -> Answer:
    """WITH p AS PROCEDURE (…) RETURNS … AS '…' CALL p(…): with the caller's rights, and gone afterwards."""
    cursor = Cursor(head.text)
    cursor.expect("WITH")
    name = fold(cursor.take().text)
    cursor.expect("AS", "PROCEDURE")
    given = arguments(cursor.parens())
    cursor.expect("RETURNS")
    returns = cursor.until("LANGUAGE", "AS")
    if cursor.accept("LANGUAGE") and (language := cursor.take().upper) != "SQL":
        raise unsupported(f"an anonymous procedure in {language}")
    cursor.expect("AS")
    if cursor.peek().kind not in {"string", "dollar"}:
        raise sql_error("syntax", "the body of an anonymous procedure stands in quotes")
    body = cursor.take().value
    cursor.expect("CALL")
    if fold(cursor.take().text) != name:
        raise sql_error("syntax", f"an anonymous procedure is called by its name {name}")
    values = split_list(cursor.parens())
    if len(values) != len(given) or not cursor.done:
        raise sql_error("missing", "Procedure", f"{name}({', '.join('…' for _ in values)})")
    bound = {}
    for argument, text in zip(given, values, strict=True):
        query = translate(runner, f"SELECT ({text})::{argument.type} AS V", dict(runner.binds))
        bound[argument.name] = Typed(runner.engine.query(query.sql, query.values or None).rows[0][0], argument.type)
    place = runner.full(ObjectName((name,)))
    entry = Entry(0, "PROCEDURE", place, runner.now(), owner=runner.role, properties={
        "body": body, "returns": "TABLE()" if returns.upper().startswith("TABLE") else returns, "execute_as": "CALLER",
    })  # fmt: skip
    with _rights_of(runner, entry):
        return _run(runner, entry, bound, {})


def block(runner: Runner, head: Head) -> Answer:
    try:
        tree = read_block(head.text)
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
    ("WITH", "PROCEDURE"): anonymous_procedure,
}
