"""A small project that works at once."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from snowpipe_deploy.errors import UsageError


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Makes a small project that works at once: a stage, a stream, a graph of two tasks, a procedure, a test, a sample file.

    DIR is made if it is not there, and must hold nothing but .git.

    \b
    Example:
      snowdeploy init shop
      cd shop
      snowdeploy test
    """
    root = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", hint="snowdeploy init NEW_FOLDER")
    there = sorted(p.name for p in folder.iterdir() if p.name != ".git") if folder.exists() else []
    if there:
        raise UsageError(f"{folder} is not empty: it holds {there[0]}", hint="snowdeploy init NEW_FOLDER")
    try:
        made = list(_written(files("snowpipe_deploy") / "starter", root, _words(root.name)))
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error
    for path in sorted(made):
        click.echo(f"  {path.relative_to(root).as_posix()}")
    go = "" if root == Path.cwd() else f"cd {folder}\n  "
    click.echo(f"{len(made)} files in {folder}; next:\n  {go}snowdeploy apply\n  snowdeploy test --coverage")
    return 0


def _words(name: str) -> dict[str, str]:
    """What the project and its database are called, after the folder."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_").lower() or "pipeline"
    database = plain.upper() if plain[0].isalpha() else f"P_{plain.upper()}"
    return {"@NAME@": plain.replace("_", "-"), "@DATABASE@": database}


def _written(source: Traversable, target: Path, words: dict[str, str]) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for item in source.iterdir():
        # a leading dot would be left out when the package is built
        path = target / (".gitignore" if item.name == "gitignore" else item.name)
        if item.is_dir():
            made += _written(item, path, words)
            continue
        text = item.read_text(encoding="utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made
