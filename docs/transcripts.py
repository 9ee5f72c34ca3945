"""Pages whose commands were really run: `$ snowdeploy …` in a console block is followed by what it printed.

The files of the project stand on the page itself, in blocks like ```sql sql/orders.sql. Times, ids and spans are put as fixed ones, so
that a page is stale only when a command says something else.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from snowpipe_deploy.cli._main import main

_FIXED = (
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "2026-01-02 02:00:00"), (r"\d{8}-\d{6}-[0-9a-f]{6}", "20260101-120000-abc123"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "01b2c3d4-0000-0000-0000-000000000001"),
    (r"\brun \d+\b", "run 42"), (r"--run \d+", "--run 42"), (r"other runs: [\d, ]+", "other runs: 42"), (r"\b\d+\.\d+ s\b", "0.1 s"),
)  # fmt: skip
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ENVIRONMENT = """\
[project]
name = "orders"
[connection]
type = "local"
[scope]
database = "ORDERS_DEV"
"""


def written(text: str) -> str:
    """The page with what its commands print, run in their order in one project of their own."""
    with tempfile.TemporaryDirectory() as folder, _in_project(Path(folder) / "orders", text):
        return _BLOCK.sub(lambda block: _block(block[1], block[3]) if block[1] == "console" else _plain(block), text)


def _plain(block: re.Match[str]) -> str:
    return f"```{block[1]}\n{f'-- {block[2]}' + chr(10) if block[2] else ''}{block[3]}```"


@contextlib.contextmanager
def _in_project(folder: Path, text: str) -> Iterator[None]:
    """The files of the page, and the folder as the current one; a page that begins with `init` brings none."""
    folder.mkdir()
    files = {block[2]: block[3] for block in _BLOCK.finditer(text) if block[2]}
    if "$ snowdeploy init" not in text:
        files["environments/dev.toml"] = _ENVIRONMENT
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    with contextlib.chdir(folder), mock.patch.dict(os.environ, {"NO_COLOR": "1", "SNOWDEPLOY_ENV": "dev"}):
        yield


def _block(kind: str, commands: str) -> str:
    lines = [
        line
        for command in commands.splitlines()
        for line in (command, *_printed(command.removeprefix("$ snowdeploy ")))
    ]
    return "\n".join([f"```{kind}", *lines, "```"])


def _printed(command: str) -> list[str]:
    out = io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["snowdeploy", *shlex.split(command)]), contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out), contextlib.suppress(SystemExit),
    ):  # fmt: skip
        main()
    text = out.getvalue()
    for pattern, fixed in _FIXED:
        text = re.sub(pattern, fixed, text)
    return [line.rstrip() for line in text.splitlines()]
