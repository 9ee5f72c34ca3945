"""`make demo`: deploys to the embedded account, brings a day of sample files, runs the task graph and looks at the result.

Every step is a command that one could type; a second run goes on with the next day.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import click

from samples.generate import write_categories, write_day

FIRST_DAY = date(2017, 11, 14)
COUNTRIES = ("CA", "DE", "JP", "KR", "US")
ROOT = Path(__file__).resolve().parent.parent


def snowdeploy(*arguments: str, shown: bool = True) -> str:
    """Runs a command of ours and shows what it prints; stops the demo where it fails."""
    if shown:
        quoted = " ".join(a if re.fullmatch(r"[\w@./=:-]+", a) else f'"{a}"' for a in arguments)
        click.secho(f"\n$ snowdeploy {quoted}", bold=True)
    command = [sys.executable, "-m", "snowpipe_deploy", *arguments, "--project", str(ROOT)]
    done = subprocess.run(command, check=False, text=True, stdout=None if shown else subprocess.PIPE)  # noqa: S603 - our own
    if done.returncode != 0:
        click.echo(f"demo: that command ended with exit code {done.returncode}", err=True)
        sys.exit(done.returncode)
    return done.stdout or ""


def next_day() -> tuple[date, int]:
    """The first day without files on the stage, and how many days to bring: three at first, then one by one."""
    listed = json.loads(
        snowdeploy("account", "sql", "LIST @RAW.VIDEO_STAGE", "--env", "dev", "--output", "json", shown=False)
    )
    found = [re.search(r"videos_(\d\d)\.(\d\d)\.(\d\d)\.csv", file["name"]) for file in listed]
    days = [date(2000 + int(m[1]), int(m[3]), int(m[2])) for m in found if m]
    return (max(days) + timedelta(days=1), 1) if days else (FIRST_DAY, 3)


def bring_files() -> None:
    day, count = next_day()
    with tempfile.TemporaryDirectory() as folder:
        made = write_categories(Path(folder), COUNTRIES) if day == FIRST_DAY else []
        for offset in range(count):
            made += write_day(Path(folder), day + timedelta(days=offset), COUNTRIES)
        days = f"{day}" if count == 1 else f"{day} to {day + timedelta(days=count - 1)}"
        click.secho(f"\n# {len(made)} sample files: {days}, {', '.join(COUNTRIES)}", fg="cyan")
        for country in COUNTRIES:
            files = [str(path) for path in made if path.name.startswith(country)]
            snowdeploy("account", "put", *files, f"@RAW.VIDEO_STAGE/{country}", "--env", "dev", shown=False)
            click.echo(f"  {len(files)} files -> @RAW.VIDEO_STAGE/{country}")


def main() -> None:
    started = time.monotonic()
    snowdeploy("apply", "--env", "dev", "--yes")
    bring_files()
    snowdeploy("run", "--env", "dev")
    snowdeploy("status", "--env", "dev")
    best = "SELECT COUNTRY, TITLE, TOP_VIEWS, TRENDING_DAYS FROM ANALYTICS.TOP_VIDEOS_BY_COUNTRY WHERE PLACE = 1 ORDER BY COUNTRY"
    snowdeploy("account", "sql", best, "--env", "dev")
    click.secho(f"\n# done in {time.monotonic() - started:.1f} s; `make demo` again brings the next day", fg="cyan")


if __name__ == "__main__":
    main()
