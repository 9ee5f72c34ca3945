"""The terminal: colours where it can show them, live output where it is one."""

import os
import sys

from rich.console import Console


def console(*, no_color: bool = False, stderr: bool = False) -> Console:
    """Wraps nothing that is piped: a line stays a line for grep."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 10_000
    return Console(
        file=stream,
        no_color=no_color or "NO_COLOR" in os.environ,
        highlight=False,
        emoji=False,
        width=width,
        soft_wrap=True,
    )
