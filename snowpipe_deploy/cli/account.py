"""The embedded local account: SQL, files, clock, server, reset."""

import contextlib
import json
import signal
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import click

from snowpipe_deploy.cli._options import Chosen, choose, environment_options, output_option
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.session import Result, SqlError


@click.group("account")
def command() -> None:
    """The embedded local account of an environment: SQL, files, clock, server, reset.

    \b
    Example:
      snowdeploy account sql "SELECT * FROM ANALYTICS.DAILY_METRICS"
      snowdeploy account put USvideos.csv @RAW.VIDEO_STAGE/US
      snowdeploy account tick --by 6h
      snowdeploy account serve
      snowdeploy account reset
    """


@command.command("sql")
@click.argument("sql", default="-")
@output_option("text", "json")
@environment_options
def sql_command(
    sql: str, output: str, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None
) -> int:
    """Runs statements (- reads them from standard input) and prints the rows of the last one.

    \b
    Example:
      snowdeploy account sql "SELECT COUNT(*) FROM DWH.FACT_VIDEO_STATS" --output json
    """
    from snowpipe_deploy.connect import require_local
    from snowpipe_deploy.names import quote
    from snowpipe_deploy.sqltext.split import split

    chosen = choose(project_dir, env, sets, database)
    require_local(chosen.environment)
    pieces = split(sys.stdin.read() if sql == "-" else sql)
    if not pieces:
        raise UsageError("no SQL given")
    result = Result()
    with chosen.account() as account:
        session = account.session()
        with contextlib.suppress(SqlError):  # not deployed yet: statements may still make it
            session.execute(f"USE DATABASE {quote(chosen.environment.database)}")
        for piece in pieces:
            result = session.execute(piece.text)
        session.close()
    click.echo(_as_json(result) if output == "json" else _as_text(result))
    return 0


def _plain(value: object) -> str:
    """A value as text; numbers keep all their digits."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _as_json(result: Result) -> str:
    """An array of row objects; a second column of the same name is called NAME_2."""
    names: list[str] = []
    for column in result.columns:
        count = sum(n == column or n.startswith(f"{column}_") for n in names)
        names.append(column if column not in names else f"{column}_{count + 1}")
    rows = [", ".join(f"{json.dumps(n)}: {_json(v)}" for n, v in zip(names, row, strict=True)) for row in result.rows]
    return "[" + ",".join(f"\n  {{{row}}}" for row in rows) + ("\n]" if rows else "]")


def _json(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    plain = value is None or isinstance(value, bool | int | float | str)
    return json.dumps(value if plain else _plain(value), ensure_ascii=False)


def _as_text(result: Result) -> str:
    from rich.markup import escape
    from rich.table import Table

    from snowpipe_deploy.cli._show.console import console

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in result.columns:
        table.add_column(escape(column), overflow="fold")
    for row in result.rows:
        table.add_row(*("NULL" if value is None else escape(_plain(value)) for value in row))
    screen = console()
    with screen.capture() as captured:
        screen.print(table)
    count = len(result.rows)
    return captured.get().rstrip("\n") + f"\n({count} row{'' if count == 1 else 's'})"


@command.command("put")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.argument("stage")
@environment_options
def put_command(
    files: tuple[Path, ...], stage: str, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None
) -> int:
    """Puts files on a stage: @SCHEMA.STAGE/path or @DB.SCHEMA.STAGE/path.

    \b
    Example:
      snowdeploy account put data/*.csv @RAW.VIDEO_STAGE/US
    """
    from snowpipe_deploy.connect import require_local
    from snowpipe_deploy.names import literal, quote

    chosen = choose(project_dir, env, sets, database)
    require_local(chosen.environment)
    if not stage.startswith("@"):
        raise UsageError(f"{stage!r} is not a stage", hint="write @SCHEMA.STAGE/path")
    if folders := [str(f) for f in files if f.is_dir()]:
        raise UsageError(f"{folders[0]} is a folder", hint=f"name its files: {folders[0]}/*")
    missing = [str(f) for f in files if not f.is_file()]
    if missing:
        raise UsageError(f"no such file: {', '.join(missing)}")
    with chosen.account() as account:
        session = account.session()
        session.execute(f"USE DATABASE {quote(chosen.environment.database)}")
        for file in files:
            uri = literal(f"file://{file.resolve().as_posix()}")  # in quotes a path may hold blanks
            row = session.execute(f"PUT {uri} {stage} OVERWRITE = TRUE").dicts()[0]
            click.echo(f"{row['source']} -> {stage.rstrip('/')}/{row['target']} ({row['status']})")
        session.close()
    return 0


@command.command("tick")
@click.option("--by", "by", metavar="DURATION", help="How far: 90s, 30m, 6h, 7d.")
@click.option("--to", "to", metavar="TIME", help="Until when, UTC: 2026-11-20T06:00.")
@environment_options
def tick_command(
    by: str | None, to: str | None, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None
) -> int:
    """Moves the account's clock forward; every schedule that falls due on the way runs, at its time.

    \b
    Example:
      snowdeploy account tick --by 6h
      snowdeploy account tick --to 2026-11-30
    """
    from snowpipe_deploy.connect import tick_local
    from snowpipe_deploy.schedule import duration

    chosen = choose(project_dir, env, sets, database)
    if (by is None) == (to is None):
        raise UsageError("say how far or until when", hint="--by 6h, or --to 2026-11-30T06:00")
    far = duration(by) if by is not None else _moment(str(to))
    if far is None:
        raise UsageError(f"{by!r} is not a duration", hint="90s, 30m, 6h or 7d")
    before, until, runs = tick_local(chosen.root, chosen.environment, far)
    click.echo(
        f"clock: {before:%Y-%m-%d %H:%M:%S} -> {until:%Y-%m-%d %H:%M:%S} UTC; {runs} scheduled run{'' if runs == 1 else 's'}"
    )
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a time", hint="write it as 2026-11-30T06:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@command.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8084, show_default=True, help="0 takes a free one.")
@click.option("--latency-ms", type=click.FloatRange(0), default=0.0, show_default=True, metavar="N",
              help="How long each reply waits, as if the account were far away.")  # fmt: skip
@environment_options
def serve_command(
    port: int, latency_ms: float, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None
) -> int:
    """Serves the account to clients of Snowflake, on this computer alone, until Ctrl-C.

    Those under [logins] of the environment's file may log in, with the password in the environment variable that stands there; without
    [logins] it is the user LOCAL, with a password that is made once.

    \b
    Example:
      snowdeploy account serve --port 8084
    """
    from snowpipe_deploy.connect import serving_local

    chosen = choose(project_dir, env, sets, database)
    for name in (signal.SIGTERM, signal.SIGINT):  # a shell that starts it in the background lets it ignore SIGINT
        signal.signal(name, signal.default_int_handler)
    with (
        contextlib.suppress(KeyboardInterrupt),
        serving_local(chosen.root, chosen.environment, port, latency_ms / 1000) as service,
    ):
        click.echo(_how_to_connect(chosen, service.host, service.port))
        sys.stdout.flush()
        service.run()
    return 0


def _how_to_connect(chosen: Chosen, host: str, port: int) -> str:
    """Where the server is, and what an entry of connections.toml says to reach it."""
    from snowpipe_deploy.connect import LOCAL_USER, local_logins

    environment = chosen.environment
    user, variable = next(iter(environment.logins.items()), (LOCAL_USER, ""))
    password = (
        f"# password: that of ${variable}"
        if variable
        else f'password = "{local_logins(chosen.root, environment)[user]}"'
    )
    others = f" (or {', '.join(list(environment.logins)[1:])})" if len(environment.logins) > 1 else ""
    return f"""the local account of {environment.name} is served on http://{host}:{port}, to user {user}{others}; Ctrl-C ends it

connections.toml:
[{environment.name}_local]
account = "LOCAL"
host = "{host}"
port = {port}
protocol = "http"
user = "{user}"
{password}
database = "{environment.database}"
"""


@command.command("reset")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@environment_options
def reset_command(yes: bool, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None) -> int:
    """Removes the embedded account of the environment from the disk, with all that is in it.

    \b
    Example:
      snowdeploy account reset --env dev --yes
    """
    from snowpipe_deploy.connect import local_folder, require_local, reset_local

    chosen = choose(project_dir, env, sets, database)
    require_local(chosen.environment)
    folder = local_folder(chosen.root, chosen.environment)
    if not yes and not click.confirm(f"remove {folder} and everything in it?", default=False):
        click.echo("nothing was changed")
        return 1
    reset_local(chosen.root, chosen.environment)
    click.echo(f"removed {folder}")
    return 0
