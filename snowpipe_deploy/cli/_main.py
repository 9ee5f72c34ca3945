"""The lazy group of commands; turns errors into messages and exit codes."""

import contextlib
import gc
import importlib
import keyword
import os
import sys
from importlib.metadata import version
from typing import NoReturn

import click

from snowpipe_deploy import registry
from snowpipe_deploy.errors import DeployError

# a command whose name is a word of Python lies in a file with an underscore behind it
COMMANDS = tuple(name.rstrip("_") for name in registry.modules([os.path.dirname(__file__)]))  # noqa: PTH120 - pathlib costs start-up
# one line each, so that --help does not import the commands (and what they need)
SUMMARIES = {
    "account": "The embedded local account: SQL, files, clock, server, reset.",
    "adopt": "Take over what exists.",
    "apply": "Plan, ask, and do it.",
    "drift": "What differs from what was deployed.",
    "graph": "Which object needs which, and the task graphs.",
    "history": "The deployments of this project.",
    "init": "A small project that works at once.",
    "logs": "What a task did in a run: its statements, errors, return value.",
    "import": "Project files from a live account.",
    "plan": "What apply would do, and why.",
    "render": "The SQL that the templates give.",
    "rollback": "The way back to an earlier deployment.",
    "run": "Start a task graph now and follow it to the end.",
    "selftest": "The Snowflake facts that plans lean on, tried in the account.",
    "status": "What ran, what did not, and why.",
    "teardown": "Drop what this project deployed, in reverse order.",
    "test": "Pipeline tests, each on a fresh local account.",
    "validate": "Everything that is wrong, at file:line.",
}


class LazyGroup(click.Group):
    """Imports a command's module when it is called; a file in this folder is a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command = importlib.import_module(f"snowpipe_deploy.cli.{module}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"snowpipe_deploy.cli.{cmd_name} has no click command called `command`")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, SUMMARIES.get(name) or self._summary(ctx, name)) for name in COMMANDS]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _summary(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str() if command else ""


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"snowdeploy {version('snowpipe-deploy')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="The version, and nothing else.",
)
def group() -> None:
    """Deploys data pipelines that run inside Snowflake, and runs them on a laptop.

    \b
    Example:
      snowdeploy apply --env dev
      snowdeploy run --env dev
      snowdeploy status --env dev
    """


def show_error(error: DeployError) -> None:
    """Message, place and what to type next, on standard error."""
    lines = [click.style("error: ", fg="red", bold=True) + error.message]
    if error.where is not None:
        lines.append(f"  --> {error.where}")
    if error.hint:
        lines.append(click.style("  hint: ", fg="cyan") + error.hint)
    click.echo("\n".join(lines), err=True, color=None if "NO_COLOR" not in os.environ else False)


def main() -> NoReturn:
    """The entry point. Exit codes are promises: see docs/reference/exit-codes.md."""
    gc.set_threshold(100_000, 20, 100)  # a command makes many small values that live to its end: a tenth of its time
    try:
        code = group.main(standalone_mode=False, prog_name="snowdeploy")
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        code = 1
    except DeployError as error:
        show_error(error)
        code = error.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone, as in `… | head`
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def process() -> NoReturn:
    """`main` as a process of its own, which ends without being taken apart: everything is closed by then, and to free a
    project and a driver piece by piece takes longer than to plan it."""
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    with contextlib.suppress(BrokenPipeError):  # the reader has gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    process()
