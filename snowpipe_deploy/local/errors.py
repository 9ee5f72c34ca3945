"""Snowflake's error numbers, states and words (reference A.4, E.6), and how DuckDB's errors become them."""

import re

from snowpipe_deploy.session import SqlError

INVALID_UTF8 = 100144
_WORDS = {
    "syntax": (1003, "42000", "SQL compilation error: {0}"),
    "statement_count": (8, "0A000", "Actual statement count {0} did not match the desired statement count 1."),
    "invalid_identifier": (904, "42000", "SQL compilation error: invalid identifier '{0}'"),
    "ambiguous": (2028, "42601", "SQL compilation error: ambiguous column name '{0}'"),
    "argument_types": (1044, "42P13", "SQL compilation error: {0}"),
    "argument": (1007, "22023", "SQL compilation error: Invalid value for argument {0}"),
    "exists": (2002, "42710", "SQL compilation error: Object '{0}' already exists."),
    "missing": (2003, "02000", "SQL compilation error: {0} '{1}' does not exist or not authorized."),
    "purged": (2003, "02000", "SQL compilation error: {0} '{1}' did not exist or was purged."),
    "no_such_place": (2043, "02000", "SQL compilation error: Object does not exist, or operation cannot be performed."),
    "other_kind": (2203, "02000", "SQL compilation error: Object found is of type '{0}', not specified type '{1}'."),
    "value_list": (2020, "21S01", "SQL compilation error: Insert value list does not match column list expecting {0} but got {1}"),
    "duplicate_column": (2025, "42S21", "SQL compilation error: duplicate column name '{0}'"),
    "column_exists": (1430, "42601", "SQL compilation error: column '{0}' already exists"),
    "no_warehouse": (606, "57P03", ("No active warehouse selected in the current session. "
                     "Select an active warehouse with the 'use warehouse' command.")),
    "options": (2029, "42601", "SQL compilation error: Missing option(s): [{0}]"),
    "no_name": (2022, "42601", "SQL compilation error: Missing column specification"),
    "missing_relation": (2003, "42S02", "SQL compilation error: Object '{0}' does not exist or not authorized."),
    "privileges": (3001, "42501", "SQL access control error: Insufficient privileges to operate on {0} '{1}'."),
    "role_circle": (3062, "42501", "SQL execution error: Cannot grant role '{1}' to role '{0}': role '{0}' is granted to role '{1}'."),
    "warehouse_started": (90063, "22000", "Invalid state. Warehouse '{0}' cannot be resumed."),
    "warehouse_suspended": (90064, "22000", "Invalid state. Warehouse '{0}' cannot be suspended."),
    "execute_task": (91089, "23001", "Cannot execute task , {0} privilege must be granted to owner role"),
    "outbound": (
        3001,
        "42501",
        "SQL execution error: Dependent grant of privilege '{0}' on securable '{1}' to role '{2}' exists. It must be revoked first.",
    ),
    "no_context": (90105, "22000", "Cannot perform operation. This session does not have a current {0}."),
    "started_graph": (91421, "22000", "Unable to update graph with root task {0} since that root task is not suspended."),
    "predecessor": (91085, "42601", "Invalid predecessor {0} was specified."),
    "task": (91400, "22000", "{0}"),
    "not_recognized_number": (100038, "22018", "Numeric value '{0}' is not recognized"),
    "not_recognized_date": (100035, "22007", "Date or time value '{0}' is not recognized"),
    "division_by_zero": (100051, "22012", "Division by zero"),
    "format": (100096, "22007", "Can't parse '{0}' with the format given"),
    "duplicate_key": (100091, "22000", "Duplicate field key"),
    "default_type": (2262, "22000", "SQL compilation error: Default value data type does not match data type for column {0}"),
    "expression_type": (2023, "22000", "SQL compilation error: Expression type does not match column data type, {0}"),
    "few_arguments": (938, "22023", "SQL compilation error: not enough arguments for function [{0}], expected {1}, got {2}"),
    "many_arguments": (939, "22023", "SQL compilation error: too many arguments for function [{0}] expected {1}, got {2}"),
    "floating_point": (100132, "22003", "Invalid floating point operation: {0}"),
    "nondeterministic": (91912, "0A000", "SQL compilation error: {0} is not supported in the query of a dynamic table."),
    "json": (100069, "22P02", "Error parsing JSON: {0}"),
    "group_by": (979, "42601", "SQL compilation error: [{0}] is not a valid group by expression"),
    "one_value": (90150, "22000", "Single-row subquery returns more than one row."),
    "out_of_range": (100039, "22003", "Numeric value '{0}' is out of range"),
    "in_values": (2014, "22000", "SQL compilation error: Invalid expression [{0}] in VALUES clause"),
    "null": (100072, "22000", "NULL result in a non-nullable column"),
    "too_long": (100078, "22000", "String '{0}' is too long and would be truncated"),
    "invalid_utf8": (INVALID_UTF8, "22000", "Invalid UTF8 detected in string '{0}'"),
    "duplicate_match": (100090, "42P18", "Duplicate row detected during DML action"),
    "files_exist": (
        1757,
        "42601",
        "SQL compilation error: Files already existing at the unload destination: {0}. Use overwrite option to force unloading.",
    ),
    "load": (100016, "22000", "{0}"),
    "view_stream": (
        2,
        "0A000",
        "Change tracking is not supported on queries with {1}: no stream can be made on view {0}.",
    ),
    "stale": (91901, "22000", "Stream {0} is stale: {1}. Recreate the stream."),
    "dropped_source": (2003, "02000", "SQL compilation error: Base table '{0}' dropped, cannot read from stream '{1}'"),
    "not_null_column": (1471, "42601", "SQL compilation error: Non-nullable column '{0}' cannot be added to non-empty table without default."),
    "type_change": (40052, "22000", "SQL compilation error: cannot change column {0} from type {1} to {2}"),
    "values": (1007, "22023", "SQL compilation error: {0}"),
    "not_initialized": (
        2741,
        "42601",
        "Dynamic Table is not initialized. Please run a manual refresh or wait for a scheduled refresh before querying.",
    ),
    "inputs_failed": (2753, "42601", "The refresh of a dynamic table that this one reads has failed."),
    "python": (100357, "P0000", "Python Interpreter Error:\n{0}"),
    "unknown_function": (2141, "42601", "SQL compilation error: Unknown user-defined function {0}"),
    "not_incremental": (
        2711,
        "0A000",
        ("SQL compilation error: Dynamic table {0} is defined with REFRESH_MODE = INCREMENTAL, but the query is not supported for "
        "incremental refresh: {1}"),
    ),
    "duplicate_refresh": (2008, "42601", "SQL compilation error: a dynamic table is named twice."),
    "in_transaction": (2743, "42601", "A manual refresh cannot run in a transaction."),
    "inference": (
        92228,
        "P0000",
        "SQL compilation error: error line {0} at position {1} variable '{2}' cannot have its type inferred from initializer",
    ),
    "policy_in_use": (1492, "42601", "Policy {0} cannot be dropped/replaced as it is associated with one or more entities."),
    "one_row": (100183, "P0000", "A SELECT INTO statement expects exactly 1 returned row, but got {0}."),
    "owners_rights": (90236, "42601", "Stored procedure execution error: Unsupported statement type '{0}'."),
    "autocommit": (90235, "42601", "Stored procedure execution error: AUTOCOMMIT cannot be changed in a stored procedure."),
    "return_type": (
        90207,
        "42601",
        "Stored procedure execution error: declared return type '{0}' is incompatible with actual return type '{1}'.",
    ),
    "scope": (90241, "25001", "Modifying a transaction that has started at a different scope is not allowed."),
    "open_transaction": (
        90232,
        "25001",
        "Stored procedure execution error: Scoped transaction started in stored procedure is incomplete and it was rolled back.",
    ),
    "cancelled": (604, "57014", "SQL execution canceled"),
    "timeout": (
        630,
        "57014",
        "Statement reached its statement or warehouse timeout of {0} second(s) and was canceled.",
    ),
    "serverless_only": (91857, "42601", "{0} is only allowed for serverless Tasks."),
    "unsupported": (2, "0A000", "not supported by the local account: {0}"),
    "disk": (
        300011,
        "58030",
        "the disk is full, or the file of the local account may not grow ({0}). What was not committed is lost; make room and run it again",
    ),
    "conflict": (
        625,
        "57014",
        "another transaction has changed the same rows or consumed the same stream; here nobody waits for a lock: run it again after the other",
    ),
    "damaged": (
        300012,
        "58030",
        "the file of the local account is damaged ({0}). Put a copy of its folder back, or make an empty account: `snowdeploy account reset`",
    ),
    "internal": (300010, "XX000", "the local account could not run this statement: {0}"),
}  # fmt: skip


def sql_error(name: str, *values: object) -> SqlError:
    """The error of this name, its words filled with the values."""
    errno, state, text = _WORDS[name]
    return SqlError(errno, state, text.format(*values))


def unsupported(what: str) -> SqlError:
    """What the local account does not know it refuses by name."""
    return sql_error("unsupported", what)


def is_refusal(error: SqlError) -> bool:
    """Does it say what the local account cannot do, rather than what is wrong with a value?"""
    return error.errno in {_WORDS[name][0] for name in ("unsupported", "internal", "disk", "cancelled", "timeout")}


_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]", re.DOTALL)
_CONVERTED = re.compile(
    r"(?:convert string|cast value|parse|convert|field value out of range:?|field format:?)[^'\"]*['\"](.*?)['\"]",
    re.IGNORECASE,
)


_OUT_OF_RANGE = re.compile(
    r"""(?:cast value|convert string|casting value) (['"]?[+-]?[\d.]+['"]?) to (?:type )?DECIMAL|"""
    r"""Overflow in .*? of DECIMAL\(\d+\) \((.*)\)""",
    re.IGNORECASE,
)
_OF_VALUES = frozenset({"ConversionException", "InvalidInputException", "OutOfRangeException"})


TOLD_APART = "[[told apart]]"  # no JSON: where error() cannot stand, its cast fails


def raised(name: str, value: str) -> str:
    """DuckDB SQL that raises the error of this name; `value` is an SQL text expression."""
    return f"error('[[{name}|' || {value} || ']]')"


def marked(error: SqlError) -> str:
    """The text by which an error that our own code raises inside the engine is known again."""
    prefix = _WORDS["unsupported"][2].format("")
    name, value = (
        ("unsupported", error.text.removeprefix(prefix))
        if error.errno == _WORDS["unsupported"][0]
        else ("python", error.text.removeprefix(_WORDS["python"][2].format("")))
    )
    return f"[[{name}|{value.replace(']]', '] ]')}]]"


def _of_binding(first: str) -> SqlError:
    if match := re.search(r'column "(.*?)" must appear in the GROUP BY', first):
        return sql_error("group_by", match[1])
    if match := re.search(r'does not have a column named "(.*?)"', first):  # a view whose table has lost a column
        return sql_error("invalid_identifier", match[1])
    return unsupported(first.removeprefix("Binder Error: "))


def _of_values(first: str) -> SqlError | None:
    """What an error says about a value that a function was given."""
    if match := re.search(r'Could not parse string "(.*?)" according to format specifier', first):
        return sql_error("format", match[1])
    if re.search(r"Overflow in \w+ of INT(32|64|128)", first):
        return sql_error(
            "unsupported", "a whole number that large here: cast what it is made of to NUMBER, or to a smaller scale"
        )
    if "Map keys must be unique" in first:
        return sql_error("duplicate_key")
    if TOLD_APART in first:
        return unsupported(
            "telling VARIANTs apart that hold an object, an array, or what may be written in several ways: write it with ::<type>"
        )
    if match := re.search(r"Malformed JSON.*?: (.*)", first):
        return sql_error("json", match[1])
    return None


def _of_a_file(text: str, first: str) -> SqlError | None:
    """What is wrong with a stage's file, the account's file or the disk."""
    if "GZIP" in first:
        return sql_error("load", "The file cannot be decompressed: it is cut off or no gzip file")
    if "No files found that match" in first:
        return sql_error("load", "a file of the stage is gone from the folder of the local account: PUT it again")
    if match := re.search(r'Corrupt database file[^"]*|Could not read[^"]*(?=from file "[^"]*\.duckdb")', text):
        return sql_error("damaged", match[0][:120].strip())
    if re.search(r"No space left|File too large|[Cc]ould not write|disk quota|database has been invalidated", text):
        return sql_error("disk", re.sub(r'"[^"]*"', "…", first)[:120])
    return None


def translated(error: Exception) -> SqlError:
    """A DuckDB exception as the error Snowflake would give."""
    text, kind = str(error), type(error).__name__
    if kind == "InvalidInputException" and (match := _MARK.search(text)):  # other errors may only quote our SQL
        return sql_error(match[1], match[2])
    first = text.split("\n", 1)[0]
    if kind == "BinderException":
        return _of_binding(first)
    if kind == "ParserException":
        return sql_error("syntax", f"syntax error: {first.removeprefix('Parser Error: ')}")
    if (of_values := _of_values(first)) is not None:
        return of_values
    if kind == "CatalogException" and (match := re.search(r"Table with name (\S+) does not exist", first)):
        return sql_error("missing_relation", match[1])
    if "More than one row returned by a subquery" in first:
        return sql_error("one_value")
    if match := _OUT_OF_RANGE.search(first):
        return sql_error("out_of_range", (match[1] or match[2]).strip("\"'"))
    if "ivision by zero" in first:
        return sql_error("division_by_zero")
    if "NOT NULL constraint failed" in first:
        return sql_error("null")
    if kind in _OF_VALUES and (match := _CONVERTED.search(first)):
        is_time = re.search(r"timestamp|date|time|strptime", first, re.IGNORECASE)
        return sql_error("not_recognized_date" if is_time else "not_recognized_number", match[1])
    if "Invalid unicode" in text or "not utf-8 encoded" in text:
        line = re.search(r"Original Line: (.*)", text)
        return sql_error("invalid_utf8", line[1][:60] if line else "")
    if found := _of_a_file(text, first):
        return found
    if re.search(r"Conflict on |write-write conflict|Catalog write-write|by a different transaction", first):
        return sql_error("conflict")
    if kind == "InterruptException":
        return sql_error("cancelled")
    return sql_error("internal", first)
