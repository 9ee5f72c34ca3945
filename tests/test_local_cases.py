"""Runs cases/local: statements, each with its rows (`-- > a | b`, NULL for none) or error (`-- ! fragment`) below it.

Also below a statement (or at the top): `-- file name` with its content in `-- | text` lines (or `-- hex 0A FF`) makes a
file, which SQL names as {folder}/name; `-- wait` waits until no task graph runs, `-- wait until a task runs`
until one does; `-- clock 2026-03-01 09:03:00` stops the account's clock at that time (UTC), and `-- tick 2026-03-01 10:00:00` moves
it on (`-- tick 65 days` by so much), with what falls due on the way. Rows count in their order only under ORDER BY.
"""

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.split import split

CASES = sorted((Path(__file__).parent / "cases" / "local").glob("*.sql"))


def shown(value: object) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return "NULL" if value is None else text.replace("\n", "\\n")


def tagged(lines: list[str]) -> str:
    """The query tag of the statement below: `-- tag …`."""
    return next((line[7:] for line in lines if line.startswith("-- tag ")), "")


def answer(session: LocalSession, sql: str, tag: str = "") -> list[str]:
    """The expectation lines that this statement fulfils."""
    try:
        rows = session.execute(sql, tag).rows
    except SqlError as error:
        return [f"-- ! {error}".replace("\n", " ")]
    return [f"-- > {' | '.join(map(shown, row))}".rstrip() for row in rows or [("(no rows)",)]]


def holds(wanted: list[str], found: list[str], sql: str) -> bool:
    if not wanted or wanted[0].startswith("-- !"):
        return found[0].startswith("-- !") == bool(wanted) and (not wanted or wanted[0][5:] in found[0])
    return wanted == found if "ORDER BY" in sql.upper() else sorted(wanted) == sorted(found)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def until(text: str, account: LocalAccount) -> datetime:
    """A time, or `65 days` from now."""
    days, _, word = text.partition(" ")
    return account.now() + timedelta(days=int(days)) if word == "days" else moment(text)


def direct(lines: list[str], account: LocalAccount, folder: Path) -> None:
    for line in lines:
        if line.startswith("-- file "):
            file = folder / line[8:]
            file.write_text("")
        elif line.startswith("-- |"):
            file.write_text(f"{file.read_text()}{line[5:]}\n")
        elif line.startswith("-- hex "):
            file.write_bytes(file.read_bytes() + bytes.fromhex(line[7:]))
        elif line.startswith("-- clock "):
            account.freeze()
            account.move(moment(line[9:]))
        elif line.startswith("-- tick "):
            account.tick(until(line[8:], account))
        while line == "-- wait until a task runs" and not account.scheduler.running:
            time.sleep(0.005)
        while line == "-- wait" and (account.scheduler.active or account.loader.is_busy):
            time.sleep(0.005)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_local_case(path: Path, account: LocalAccount, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    session, lines, pieces = account.session(), path.read_text().splitlines(), split(path.read_text())
    answer(session, "CREATE DATABASE DB")
    answer(session, "CREATE SCHEMA S")
    written, update = lines[: pieces[0].line - 1], request.config.getoption("--update")
    direct(written, account, tmp_path)
    tag = tagged(written)
    for piece, following in zip(pieces, [p.line - 1 for p in pieces[1:]] + [len(lines)], strict=True):
        end = piece.line + piece.text.count("\n")
        below = [line.rstrip() for line in lines[end:following]]
        wanted = [line for line in below if line.startswith(("-- >", "-- !"))]
        found = answer(session, piece.text.replace("{folder}", str(tmp_path)), tag)
        good = holds(wanted, found, piece.text)
        assert good or update, f"{path.name}:{piece.line}\n{piece.text}\n" + "\n".join(found)
        others = [line for line in below if line not in wanted]
        written += [*lines[piece.line - 1 : end], *(wanted if good else found), *others]
        direct(below, account, tmp_path)
        tag = tagged(below)
    if update:
        path.write_text("\n".join(written) + "\n")
