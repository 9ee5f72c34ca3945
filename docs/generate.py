"""Writes docs/reference/ from the code: `python -m docs.generate`; with --check it names the pages that are stale.

Text that no code knows is in docs/reference/_<page>.md and stands on top of the page.
"""

import importlib
import json
import re
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
from sqlglot import exp

from docs import transcripts
from snowpipe_deploy import deploy, errors, plan_file, registry, rules, session
from snowpipe_deploy.cli import _main, import_
from snowpipe_deploy.cli._show import drift as show_drift
from snowpipe_deploy.cli._show import findings as show_findings
from snowpipe_deploy.cli._show import history as show_history
from snowpipe_deploy.cli._show import logs as show_logs
from snowpipe_deploy.cli._show import selftest as show_selftest
from snowpipe_deploy.cli._show import status as show_status
from snowpipe_deploy.cli._show import tests as show_tests
from snowpipe_deploy.environment import EnvironmentFile
from snowpipe_deploy.importing import Import, Imported
from snowpipe_deploy.kind import Kind, alter_clauses, or_alter
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.lint import program, validate
from snowpipe_deploy.local import statements
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.query import rules as local_rules
from snowpipe_deploy.local.query.reading import NODES
from snowpipe_deploy.local.query.sources import FUNCTIONS, VIEWS
from snowpipe_deploy.local.query.translate import parse
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import TIERS, Drift, ObjectKey, Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.project import from_texts
from snowpipe_deploy.record.history import Deployment
from snowpipe_deploy.rule import Rule
from snowpipe_deploy.runs import TaskRun
from snowpipe_deploy.selftest import Verdict, facts
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.status.causes import CAUSES
from snowpipe_deploy.status.logs import Logs, Sent
from snowpipe_deploy.status.model import DynamicTable, Graph, GraphRun, Load, Problem, Status, Stream, Task, TaskLine
from snowpipe_deploy.templates import plain
from snowpipe_deploy.testing.coverage import Coverage, Line
from snowpipe_deploy.testing.damage import DAMAGES
from snowpipe_deploy.testing.file import schema as test_schema
from snowpipe_deploy.testing.story import Failure
from snowpipe_deploy.testing.suite import Outcome
from snowpipe_deploy.types import DataType

REFERENCE = Path(__file__).resolve().parent / "reference"
PACKAGE = Path(_main.__file__).resolve().parent.parent
WIDTH = 100  # columns of --help, whatever the terminal


def page(name: str, title: str, body: Iterable[str]) -> str:
    """Title, the hand-written part if there is one, and what the code says."""
    part = REFERENCE / f"_{name}.md"
    top = [part.read_text(encoding="utf-8").strip(), ""] if part.exists() else []
    note = "<!-- Written by docs/generate.py; do not edit. `python -m docs.generate` writes it again. -->"
    return "\n".join([f"# {title}", "", note, "", *top, *body]).rstrip() + "\n"


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A Markdown table."""
    cells = [tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns), *lines, ""]


def listed(words: Iterable[str]) -> str:
    """Words as code, wrapped so that no line is long."""
    lines, line = [], ""
    for word in (f"`{w}`" for w in words):
        if line and len(line) + len(word) > 110:
            lines.append(f"{line},")
            line = word
        else:
            line = f"{line}, {word}" if line else word
    return "\n".join([*lines, line])


def item(text: str) -> str:
    """One list item, wrapped."""
    return textwrap.fill(f"- {text}", 118, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def first_line(text: str | None) -> str:
    line = (text or "").strip().split("\n\n", maxsplit=1)[0].replace("\n", " ").strip()
    line = re.sub(r" \(reference [A-Z]\.\d+\)", "", line)  # notes of the makers, not part of the project
    return re.sub(r"reference [A-Z]\.\d+: ", "", line)


# -- the command line ------------------------------------------------------------------------------------------------


def commands() -> str:
    return page("commands", "Commands", _command(_main.group, "snowdeploy", None, 2))


def _command(command: click.Command, name: str, parent: click.Context | None, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    yield from (f"{'#' * level} {context.command_path}", "", "```text", command.get_help(context), "```", "")
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _command(found, sub, context, min(level + 1, 3) if parent is None else level + 1)


def exit_codes() -> str:
    rows = [
        ("0", "Done, or nothing to do.", ""),
        (
            "1",
            "An action, a task or a finding of severity error failed; `status --check` found problems.",
            "DeployError",
        ),
        ("3", "`plan --check`: there is something to do; `drift`: something differs.", ""),
    ]
    kinds_ = (session.SqlError, errors.UsageError, errors.RefusedError, errors.LockedError)
    rows += [(str(kind.code), first_line(kind.__doc__), kind.__name__) for kind in kinds_]
    return page("exit-codes", "Exit codes", table(("Code", "Meaning", "Raised as"), sorted(rows)))


# -- JSON ------------------------------------------------------------------------------------------------------------

_EXAMPLE = """\
CREATE SCHEMA RAW;
CREATE TABLE RAW.VIDEOS (VIDEO_ID VARCHAR, VIEWS NUMBER);
CREATE VIEW RAW.POPULAR AS SELECT VIDEO_ID FROM RAW.VIDEO WHERE VIEWS > 1000000;
"""


def json_pages() -> str:
    broken, mended = _example(_EXAMPLE), _example(_EXAMPLE.replace("RAW.VIDEO ", "RAW.VIDEOS "))
    with tempfile.TemporaryDirectory() as folder:
        account = LocalAccount(Path(folder))
        plan = deploy.plan(mended, account.session(), deploy.Options("dev"))
        account.close()
    key = ObjectKey("TABLE", ObjectName(("RAW", "VIDEOS")))
    moved = Drift(key, "comment", "", "theirs", undoable=True, clause="COMMENT")
    file = Imported(key, "sql/raw/table_videos.sql", "CREATE TABLE RAW.VIDEOS (VIDEO_ID VARCHAR);\n", ())
    found = Import((file,), (), {"example": 1})
    deployment = Deployment(
        "20260102-060000-1f2e3d", "done", "2026-01-02T06:00:00+00:00", "2026-01-02T06:00:04+00:00", "ci@runner pid 7",
        "8c1f0d2e", "dev", 3, 0,
    )  # fmt: skip
    drift = deploy.DriftReport("dev", mended.scope, "20260102-060000-1f2e3d", (moved,), 3)
    body = [
        "The examples are of a project with this one file, `sql/raw.sql`:",
        "",
        "```sql",
        _EXAMPLE.rstrip(),
        "```",
        "",
    ]
    for title, text in (
        ("validate --output json", show_findings.as_json(program(broken), validate(broken))),
        ("plan --output json", plan_file.written(plan)),
        ("drift --output json", show_drift.as_json(drift)),
        ("history --output json", show_history.as_json((deployment,))),
        ("import --output json", import_.as_json(found)),
        ("status --output json", show_status.as_json(_status())),
        ("logs --output json", show_logs.as_json(_logs(), "EXAMPLE_DEV")),
        ("selftest --output json", show_selftest.as_json([Verdict(facts()[0], "held")])),
        ("test --output json", show_tests.as_json(*_tests())),
    ):
        part = REFERENCE / f"_json_{title.split(maxsplit=1)[0]}.md"
        body += [f"## {title}", "", part.read_text(encoding="utf-8").strip(), "", "```json", text, "```", ""]
    return page("json", "JSON output", body)


def _example(text: str) -> Project:
    return from_texts("example", Scope("EXAMPLE_DEV"), [plain("sql/raw.sql", text)])


def _status() -> Status:
    """A status with one of everything, made by hand: a real one has other times every time."""
    at, minute = datetime(2026, 1, 2, 6, 0, tzinfo=UTC), timedelta(minutes=1)
    load, clean = ObjectName(("RAW", "LOAD")), ObjectName(("RAW", "CLEAN"))
    root = Task(load, "17", "started", "USING CRON 0 */6 * * * UTC", "", (), None, None, "")
    child = Task(clean, "18", "started", "", "SYSTEM$STREAM_HAS_DATA('RAW.S')", (load,), None, None, "")
    ran = TaskRun(load, "SUCCEEDED", "42", 1, "17", "SCHEDULE", at, at, at + minute, "01b2", "", "", "", "", 1)
    skipped = TaskRun(clean, "SKIPPED", "42", 1, "17", "SCHEDULE", at, None, at + minute, "", "", "", "", "", 1)
    lines = (
        TaskLine(root, ran, "SUCCEEDED", ""),
        TaskLine(child, skipped, "SKIPPED", "its WHEN was false: RAW.S had no data"),
    )
    run = GraphRun("42", "SUCCEEDED", "SCHEDULE", at, 60.0, lines, 1, 3)
    due = at + 360 * minute
    return Status(
        "dev", "EXAMPLE_DEV", "20260101-120000-abc123", (Graph(root, (root, child), due, (run,), f"not due until {due:%Y-%m-%d %H:%M:%S} UTC"),),
        (Stream(ObjectName(("RAW", "S")), "RAW.VIDEOS", False, at + timedelta(days=14), False, (clean,)),),
        (DynamicTable(ObjectName(("RAW", "D")), "RUNNING", "FULL", "USER_SPECIFIED_FULL_REFRESH", at, "1 hour", 600.0, "SUCCEEDED"),),
        (Load(ObjectName(("RAW", "VIDEOS")), "US/USvideos.csv.gz", "LOADED", 200, 0, at, "", 200),),
        (Problem("RAW.VIDEOS", "US/DEvideos.csv.gz: load failed", "1 rows lost: …", "mend the file and put it again"),),
    )  # fmt: skip


def _logs() -> Logs:
    at, clean = datetime(2026, 1, 2, 6, 0, tzinfo=UTC), ObjectName(("RAW", "CLEAN"))
    error = "Division by zero"
    row = TaskRun(
        clean,
        "FAILED",
        "42",
        1,
        "17",
        "SCHEDULE",
        at,
        at,
        at + timedelta(seconds=2),
        "01b2",
        "100051",
        error,
        "",
        "",
        1,
    )
    sent = Sent("01b2", "INSERT INTO RAW.CLEAN SELECT 1 / VIEWS FROM RAW.VIDEOS", at, 2.0, None, f"100051: {error}")
    return Logs(clean, "42", (row,), "", (sent,), "", ("41",))


def _tests() -> tuple[list[Outcome], Coverage]:
    """One test that passed and one that failed, of a project with one task."""
    file = "tests/pipelines/orders.toml"
    lines = ("  CUSTOMER  AMOUNT", "~ ada       12.75 → 13.00  changed: expected → found")
    failure = Failure(Location(file, 14), "MART.REVENUE: other rows", lines)
    way = Line("task RAW.ADD", Location("sql/raw.sql", 3), "WHEN SYSTEM$STREAM_HAS_DATA('RAW.S') is false", ran=False)
    return [
        Outcome(file, "a run with nothing new", Location(file, 9), "passed", 0.21),
        Outcome(file, "another file adds to it", Location(file, 12), "failed", 0.34, (failure,)),
    ], Coverage({"RAW.ADD": frozenset({"succeeded"})}, (way,), (), (), (), ())


# -- environments ----------------------------------------------------------------------------------------------------

_KEYS = {
    "project.name": "Keys the deployment record: two projects may share a database.",
    "connection.type": "`local`: the embedded account under `.snowdeploy/NAME/`. `snowflake`: the official connector.",
    "connection.name": "An entry of `connections.toml` or `config.toml`.",
    "connection.account": "The only account that may be used: `ORG-ACCOUNT` or the locator. Any other is refused.",
    "connection.role": "The role, over the entry's.",
    "connection.warehouse": "The warehouse of the deployment's own statements, over the entry's.",
    "connection.secondary_roles": "`none` or `all`.",
    "connection.query_tag": "The query tag of statements that are no action of a deployment.",
    "scope.database": "The database that the project is deployed to.",
    "scope.record_schema": "The schema in which the deployment record lives.",
    "policy.allow": "Hazards that are allowed here without asking, as `--allow` takes them.",
    "policy.in_flight": "What to do about a run under way that uses what changes: wait for it, cancel it, or go on.",
    "policy.in_flight_timeout": "How long to wait for it, as `90s`, `10m` or `1h`.",
    "policy.lease": "how long a deployment holds its lease without renewing it; then another may take over",
    "policy.missed_run": "Whether a CRON time that fell into our window is run afterwards.",
    "policy.tasks": "The state that new tasks get.",
    "policy.disposable": "`teardown --yes --confirm NAME` then stands for every `--allow`.",
    "values": "What templates may use: any key, any TOML value.",
    "secrets": "Name = environment variable, of at least 8 characters. Templates write `'{{ secrets.NAME }}'`: [Secrets](../howto/secrets.md).",
    "logins": "User = environment variable with the password: who may log in to `snowdeploy account serve`. Without it, the user LOCAL.",
    "validate": "The severity of a rule, by code or name.",
}


def environment() -> str:
    schema = EnvironmentFile.model_json_schema()
    body: list[str] = []
    for name, of in schema["properties"].items():
        fields = _fields(schema, of)
        body += [f"## [{name}]", ""]
        for key, value, required in fields:
            given = _default(key, value, required)
            body.append(item(f"`{key}` ({_type(value)}; {given}): {_KEYS[f'{name}.{key}']}"))
        body += [] if fields else [_KEYS[name]]
        body.append("")
    return page("environment", "environments/NAME.toml", body)


def _fields(schema: Mapping[str, Any], of: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any], bool]]:
    """The keys of a table, and whether each must be given; nothing where any key may stand."""
    if "$ref" not in of:
        return []
    found = schema["$defs"][of["$ref"].rpartition("/")[2]]
    return [(key, value, key in found.get("required", ())) for key, value in found["properties"].items()]


def _type(value: Mapping[str, Any]) -> str:
    if "enum" in value:
        return " or ".join(f"`{choice}`" for choice in value["enum"])
    if "anyOf" in value:
        return " or ".join(_type(v) for v in value["anyOf"] if v.get("type") != "null")
    return {"array": "list of strings", "boolean": "true or false"}.get(str(value["type"]), str(value["type"]))


def _default(key: str, value: Mapping[str, Any], required: bool) -> str:
    if required:
        return "must be given"
    given = value.get("default", [] if key == "allow" else None)
    return "may be left out" if given is None else f"default `{json.dumps(given)}`"


def environment_schema() -> str:
    """For editors. What is required stands in one of two files, so the schema of one file requires nothing."""
    schema = EnvironmentFile.model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        model.pop("required", None)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


# -- pipeline tests --------------------------------------------------------------------------------------------------


def pipeline_tests() -> str:
    """Every key of a test file, table by table."""
    made = test_schema()
    tables = {"the file": made, "[[test]]": made["$defs"]["_Test"], **{
        title: made["$defs"][name]
        for title, name in (
            ("[[step]]", "Step"), ("a file in put", "Content"), ("rows in put", "Rows"), ("run", "Start"), ("fault", "Fault"),
            ("expect", "Expect"), ("expect.table", "TableRows"),
        )
    }}  # fmt: skip
    body: list[str] = []
    for title, of in tables.items():
        required = of.get("required", ())
        rows = [
            (f"`{key}`", _shape(value), "must be given" if key in required else "", value.get("description", ""))
            for key, value in of["properties"].items()
        ]
        body += [
            f"## {title}",
            "",
            of.get("description", "").split("\n")[0],
            "",
            *table(("Key", "Type", "", "What it is"), rows),
        ]
    damages = ", ".join(f"`{name}`" for name in DAMAGES)
    return page("pipeline-tests", "tests/pipelines/NAME.toml", [*body, f"`damage` is one of {damages}.", ""])


def _shape(value: Mapping[str, Any]) -> str:
    """The type of a key in words."""
    if "$ref" in value:
        return value["$ref"].rpartition("/")[2].lower().lstrip("_")
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(_shape(v) for v in value["anyOf"] if v.get("type") != "null"))
    if "enum" in value or "const" in value:
        return ", ".join(f"`{json.dumps(v)}`" for v in value.get("enum", [value.get("const")]))
    if value.get("type") == "array":
        return f"array of {_shape(value['items'])}" if value.get("items") else "array"
    if value.get("type") == "object":
        inner = value.get("additionalProperties")
        return f"table of {_shape(inner)}" if isinstance(inner, dict) else "table"
    return str(value.get("format", value.get("type", "any value")))


def pipeline_test_schema() -> str:
    return json.dumps(test_schema(), indent=2, sort_keys=True) + "\n"


# -- kinds and rules -------------------------------------------------------------------------------------------------

# kinds that change in a way of their own: (in place, otherwise); the others change by the ALTER of each clause
_OWN_WAY = {
    "ALERT": ("Suspended meanwhile, if it was started. ", "Refused."),
    "DYNAMIC TABLE": (
        "",
        "`CREATE OR ALTER` with the whole text, hazard `full-refresh`.",
    ),
    "FILE FORMAT": (
        "All options, by `CREATE OR ALTER` with the whole text. ",
        "`CREATE OR REPLACE`: its `TYPE` cannot be altered.",
    ),
    "GRANT": (
        "The privileges that differ, by `GRANT` and `REVOKE`; an ownership by `GRANT OWNERSHIP … COPY CURRENT GRANTS`.",
        "",
    ),
    "NOTIFICATION INTEGRATION": (
        "Whom the other side trusts, with `breaks-trust`. ",
        "Refused: the type, direction and provider of an integration are what the other side trusts.",
    ),
    "STORAGE INTEGRATION": (
        "Whom the other side trusts, with `breaks-trust`. ",
        "Refused: the type and provider of an integration are what the other side trusts.",
    ),
    "MASKING POLICY": ("Its expression and `COMMENT`.", "Refused: the arguments."),
    "ROW ACCESS POLICY": ("Its expression and `COMMENT`.", "Refused: the arguments."),
    "SEQUENCE": ("", "`CREATE OR REPLACE` for another `START`, and for `ORDER`."),
    "STAGE": ("", "Refused. A stage never changes between internal and external."),
    "TAG": ("`ALLOWED_VALUES`, one by one. ", "Refused."),
    "TABLE": (
        "Columns added at the end, widened, made nullable or not, their comments; a column dropped (`deletes-data`). ",
        "Refused: reordered columns, narrower or other types, new defaults, constraints, `AS` queries, transient or not.",
    ),
    "TASK": ("The body, `WHEN`, `AFTER` and `FINALIZE`, session parameters. ", "Refused."),
    "VIEW": ("", "`CREATE OR REPLACE … COPY GRANTS`."),
}


_BY_NAME = (
    "it stays when it leaves the files and at teardown; only `--allow 'deletes-object:KIND NAME'` drops it, if it is what this project made. "
    "One that others made is used as it is, if SHOW can tell that it is as the text says."
)
_LEFT = {"DATABASE": "nothing drops it."}


def kinds() -> str:
    body = []
    for name, kind in sorted(KINDS.items()):
        module = importlib.import_module(f"snowpipe_deploy.kinds.{name.lower().replace(' ', '_')}")
        body += [f"## {name.lower()}", "", first_line(module.__doc__), "", *_kind(name, kind)]
    return page("kinds", "Kinds of object", body)


def _kind(name: str, kind: Kind) -> Iterator[str]:
    if kind.alter is or_alter:
        yield item("**Changed in place:** everything, by `CREATE OR ALTER` with the whole text.")
    else:
        if kind.alter is not alter_clauses and name not in _OWN_WAY:
            raise click.ClickException(f"docs/generate.py: say in _OWN_WAY how a {name.lower()} changes")
        own, rest = _OWN_WAY.get(name, ("", ""))
        words = ", ".join(f"`{clause.word}`" for clause in TABLES.get(name, ()) if clause.alter)
        yield item(f"**Changed in place:** {own}{'Properties: ' if own and words else ''}{words}{'.' if words else ''}")
        yield item(f"**Anything else:** {rest or ('`CREATE OR REPLACE`.' if kind.replaceable else 'Refused.')}")
    if kind.level == "account":
        yield item(f"**Belongs to the account:** {_LEFT.get(name, _BY_NAME)}")
    if name not in _LEFT:
        yield item(f"**Dropping it** carries {_hazards([kind.drop_hazard])}.")
    if kind.again_hazards:
        yield item(f"**Making it again**, after somebody dropped it, carries {_hazards(kind.again_hazards)}.")
    if not kind.replaceable:
        yield item("**Replacing it:** never.")
    elif kind.replace_hazards:
        yield item(f"**Replacing it** carries {_hazards(kind.replace_hazards)}.")
    if kind.unknowable:
        yield item(f"**Cannot be compared:** {'; '.join(kind.unknowable)}.")
    yield ""


def _hazards(names: Iterable[str]) -> str:
    return " and ".join(f"`{name}` ({TIERS[name]})" for name in names)


def rules_page() -> str:
    rows = [
        (
            f"[{rule.code}](rules/{rule.code}.md)",
            rule.name,
            rule.severity,
            "scripts" if rule.for_scripts else "",
            first_sentence(rule.explanation),
        )
        for rule in sorted(rules.RULES, key=lambda r: r.code)
    ]
    made = page("rules", "Lint rules", table(("Code", "Name", "Severity", "For", "What it is about"), rows))
    used = {code for file in PACKAGE.rglob("*.py") for code in re.findall(r'"(SD\d{3})"', file.read_text("utf-8"))}
    if missing := sorted(code for code in used if code not in made):
        raise click.ClickException(f"docs/reference/_rules.md says nothing of {', '.join(missing)}")
    return made


def first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;:]) ", text.replace("\n", " "), maxsplit=1)[0].rstrip(";:.") + "."


def rule_page(rule: Rule) -> str:
    scripts = " Only for scripts that are run as they stand, not in a project." if rule.for_scripts else ""
    body = [f"Severity: {rule.severity}.{scripts}", "", *textwrap.wrap(rule.explanation, 118), ""]
    for title, example in (("Wrong", rule.bad), ("Right", rule.good)):
        marked_ = re.sub(r"\s*-- !$", "  -- here", example.strip(), flags=re.MULTILINE)
        body += [f"## {title}", "", "```sql", marked_, "```", ""]
    return page(rule.code, f"{rule.code} {rule.name}", body)


# -- the local account -----------------------------------------------------------------------------------------------


def local_account() -> str:
    body = ["## Statements", ""]
    for name in registry.modules(list(statements.__path__)):
        module = importlib.import_module(f"{statements.__name__}.{name}")
        words = sorted(" ".join(key) for key in module.HANDLERS)
        body.append(item(f"{name}: {', '.join(f'`{w}`' for w in words)}"))
    body += ["", "`SELECT`, `WITH` and `VALUES` are queries. `BLOCK` is a scripting block.", ""]
    body += ["## Functions", "", *_functions()]
    body += ["## Table functions and information schema", ""]
    body += [f"Table functions:\n{listed(sorted({*FUNCTIONS, 'FLATTEN'}))}.", ""]
    body += [f"Views of `INFORMATION_SCHEMA`: {listed(sorted(VIEWS))}.", "", "## Data types", "", *_types()]
    return page("local-account", "The local account", body)


# what people look for and do not find: the answer would not be exact, or what Snowflake answers is not confirmed
_REFUSED = (
    "APPROX_COUNT_DISTINCT", "APPROX_PERCENTILE", "ARRAY_EXCEPT", "ARRAY_INTERSECTION", "ARRAY_MAX", "ARRAY_MIN", "ARRAY_SORT",
    "ARRAY_UNION_AGG", "ARRAY_UNIQUE_AGG", "BITMAP_COUNT", "CHECK_JSON", "COLLATE", "COMPRESS", "CONDITIONAL_CHANGE_EVENT", "FILTER",
    "GET_IGNORE_CASE", "HASH", "HASH_AGG", "HLL", "JAROWINKLER_SIMILARITY", "KURTOSIS", "MD5_NUMBER_LOWER64", "MINHASH",
    "NORMAL", "PARSE_IP", "PARSE_URL", "PARSE_XML", "RANDSTR", "REDUCE", "SHA2_BINARY", "SKEW", "SOUNDEX",
    "TO_GEOGRAPHY", "TO_XML", "TRANSFORM", "VECTOR_L2_DISTANCE", "XMLGET", "ZIPF",
)  # fmt: skip


def _functions() -> Iterator[str]:
    """The allow-list, a family a section; functions that the parser makes a node of are under the family of their node's rule."""
    for name in registry.modules(list(local_rules.__path__)):
        module = importlib.import_module(f"{local_rules.__name__}.{name}")
        nodes = [word for word in NODES if _node(word) in module.RULES and word not in _SYNTAX]
        names = sorted({*nodes, *(key for key in module.RULES if isinstance(key, str))})
        if names:
            yield from (f"### {name}", "", first_line(module.__doc__), "", f"{listed(names)}", "")
    listed_after_all = [name for name in _REFUSED if name in local_rules.RULES]
    if listed_after_all:
        raise SystemExit(f"docs/generate.py calls refused what is on the allow-list: {listed_after_all}")
    yield from ("### Refused", "", f"All others, among them {listed(list(_REFUSED))}.", "")


_SYNTAX = frozenset({"AND", "CASE", "OR", "TABLE", "IDENTIFIER", "EXISTS"})


def _node(name: str) -> type | None:
    """The node that the parser makes of a call."""
    for arguments in ("", "a", "a, b", "a, b, c", "a AS INT", "YEAR FROM a"):
        try:
            node = parse(f"SELECT {name}({arguments})").expressions[0].unalias()
        except session.SqlError:
            continue
        return type(node.this if isinstance(node, exp.Window) else node)
    return None


def _types() -> list[str]:
    rows = []
    for base, sizes in (
        ("NUMBER", (38, 0)), ("FLOAT", ()), ("VARCHAR", ()), ("BINARY", ()), ("BOOLEAN", ()), ("DATE", ()), ("TIME", ()),
        ("TIMESTAMP_NTZ", ()), ("TIMESTAMP_LTZ", ()), ("TIMESTAMP_TZ", ()), ("VARIANT", ()), ("OBJECT", ()), ("ARRAY", ()),
        ("GEOGRAPHY", ()), ("GEOMETRY", ()),
    ):  # fmt: skip
        try:
            kept = f"`{engine_type(DataType(base, sizes))}`"
        except session.SqlError:
            kept = "refused"
        rows.append((f"`{base}`", kept))
    return table(("Snowflake", "Kept in DuckDB as"), rows)


# -- writing ---------------------------------------------------------------------------------------------------------


def why() -> str:
    """The how-to about status: its commands are run, and every cause is named by its module's docstring."""
    source = (REFERENCE.parent / "howto" / "_why-did-my-task-not-run.md").read_text(encoding="utf-8")
    words = [first_line(sys.modules[cause.explain.__module__].__doc__) for cause in CAUSES]
    note = "<!-- Written by docs/generate.py from _why-did-my-task-not-run.md; do not edit. -->"
    return "\n".join(
        [
            "# Why did my task not run?",
            "",
            note,
            "",
            transcripts.written(source).rstrip(),
            "",
            *(f"- {w}" for w in words),
            "",
        ]
    )


def first_failure() -> str:
    """The tutorial about a new project with a planted failure: its commands are run."""
    source = (REFERENCE.parent / "tutorial" / "_first-failure.md").read_text(encoding="utf-8")
    note = "<!-- Written by docs/generate.py from _first-failure.md; do not edit. -->"
    return "\n".join(["# The first failure", "", note, "", transcripts.written(source).rstrip(), ""])


PAGES: Mapping[str, Callable[[], str]] = {
    "../howto/why-did-my-task-not-run.md": why,
    "../tutorial/first-failure.md": first_failure,
    "commands.md": commands,
    "environment.md": environment,
    "environment.schema.json": environment_schema,
    "exit-codes.md": exit_codes,
    "json.md": json_pages,
    "kinds.md": kinds,
    "local-account.md": local_account,
    "pipeline-test.schema.json": pipeline_test_schema,
    "pipeline-tests.md": pipeline_tests,
    "rules.md": rules_page,
    **{f"rules/{rule.code}.md": partial(rule_page, rule) for rule in rules.RULES},
}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name the pages that are not what the code says.")
def main(check: bool) -> None:
    """Writes docs/reference/ from the code."""
    (REFERENCE / "rules").mkdir(exist_ok=True)
    gone = [file for file in sorted((REFERENCE / "rules").glob("*.md")) if f"rules/{file.name}" not in PAGES]
    stale = [f"rules/{file.name}" for file in gone]
    for file in [] if check else gone:
        file.unlink()
    for name, made in ((name, write()) for name, write in PAGES.items()):
        target = REFERENCE / name
        if not target.exists() or target.read_text(encoding="utf-8") != made:
            stale.append(name)
            if not check:
                target.write_text(made, encoding="utf-8")
    if check and stale:
        names = ", ".join(f"docs/reference/{name}" for name in stale)
        raise click.ClickException(f"stale: {names}\n  hint: .venv/bin/python -m docs.generate")
    click.echo(f"{len(PAGES)} reference pages: {f'{len(stale)} written' if stale else 'all up to date'}")


if __name__ == "__main__":
    main()
