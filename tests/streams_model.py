"""What streams deliver, by brute force: every committed state is kept, and a delta is the difference of two of them.

The tables: t (k, v, and now and then x) and u (k, w), which are changed; d, a dynamic table over t; sink, into which streams are
consumed. A version is one commit. A session sees what was committed when its transaction began, and its own changes.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

Row = tuple[object, ...]
Rows = dict[int, Row]  # by an id that the row keeps for life
State = dict[str, Rows]
Delta = dict[object, list[Row]]  # by the id of the row: its values, METADATA$ACTION and METADATA$ISUPDATE
Operation = tuple[int, str, object]  # which session, what, of what

SESSIONS = 3
EMPTY: State = {"t": {}, "u": {}, "d": {}, "sink": {}}


def _table(name: str) -> Callable[[State], dict[object, Row]]:
    return lambda state: dict(state[name].items())


def _joined(state: State) -> dict[object, Row]:
    return {
        (i, j): (k, v, w)
        for i, (k, v, _) in state["t"].items()
        for j, (of, w) in state["u"].items()
        if k == of and v % 2
    }


def _all(state: State) -> dict[object, Row]:
    above = {("t", i): (k, v) for i, (k, v, _) in state["t"].items() if k > 2}
    return above | {("j", *i): (k, w) for i, (k, _, w) in _joined(state).items()}


def _odd(state: State) -> dict[object, Row]:
    return {i: (k, v) for i, (k, v, _) in state["t"].items() if v % 2}


# the views' queries say what the functions above say
SETUP = (
    "CREATE DATABASE db",
    "CREATE TABLE t (k INT, v INT)",
    "CREATE TABLE u (k INT, w INT)",
    "CREATE TABLE sink (n INT, s VARCHAR, r VARCHAR, k INT, v INT, a VARCHAR, u BOOLEAN)",
    "CREATE DYNAMIC TABLE d SCHEDULER = DISABLE WAREHOUSE = w AS SELECT k, SUM(v) AS v FROM t GROUP BY k",
    "CREATE VIEW joined AS SELECT t.k, t.v, u.w FROM t JOIN u ON t.k = u.k WHERE MOD(t.v, 2) <> 0",
    "CREATE VIEW everything (k, v) AS SELECT k, v FROM t WHERE k > 2 UNION ALL SELECT k, w FROM joined",
    "CREATE VIEW odd AS SELECT k, v FROM t WHERE MOD(v, 2) <> 0",
    "CREATE STREAM s1 ON TABLE t",
    "CREATE STREAM s2 ON TABLE t",
    "CREATE STREAM appends ON TABLE t APPEND_ONLY = TRUE",
    "CREATE STREAM of_d ON DYNAMIC TABLE d",
    "CREATE STREAM of_joined ON VIEW joined",
    "CREATE STREAM of_all ON VIEW everything",
    "CREATE STREAM of_odd ON VIEW odd",
)
# made anew now and then, each time showing the rows that are there
INITIAL = {"initial": "TABLE t"}
OF_T = frozenset({"s1", "s2", "appends", "initial"})  # these have x


@dataclass
class Stream:
    rows: Callable[[State], dict[object, Row]]  # of its source
    appends: bool = False
    # from which version on it stood where: at a version, or (SHOW_INITIAL_ROWS, not yet consumed) at all of a version
    positions: dict[int, tuple[int, bool]] = field(default_factory=lambda: {0: (0, False)})

    @property
    def moved(self) -> int:
        return max(self.positions)


@dataclass
class Session:
    start: int = 0  # the version at which its transaction began
    state: State = field(default_factory=lambda: EMPTY)
    inserted: list[Row] = field(default_factory=list)  # into t
    consumed: set[str] = field(default_factory=set)
    done: list[Operation] = field(default_factory=list)
    explicit: bool = False
    emptied: bool = False  # it has deleted rows of the others


class Conflict(Exception):
    """Another transaction has consumed the same stream since this one began."""


class Waits(Exception):
    """Another transaction that has consumed the same stream is open: Snowflake waits for it, the account refuses."""


@dataclass
class Model:
    ids: Iterator[int] = field(default_factory=count)
    history: list[State] = field(default_factory=lambda: [EMPTY])
    inserts: list[list[Row]] = field(default_factory=lambda: [[]])  # into t, by version
    has_x: bool = False
    sessions: list[Session] = field(default_factory=lambda: [Session() for _ in range(SESSIONS)])
    streams: dict[str, Stream] = field(
        default_factory=lambda: {
            "s1": Stream(_table("t")), "s2": Stream(_table("t")), "appends": Stream(_table("t"), appends=True),
            "of_d": Stream(_table("d")), "of_joined": Stream(_joined), "of_all": Stream(_all),
            "of_odd": Stream(_odd), "initial": Stream(_table("t"), positions={0: (0, True)}),
        }
    )  # fmt: skip

    @property
    def newest(self) -> int:
        return len(self.history) - 1

    # -- what a stream holds -------------------------------------------------------------------------------------

    def delta(self, name: str, now: int) -> Delta:
        """The stream as a transaction that began at version `now` reads it."""
        stream = self.streams[name]
        offset, initial = stream.positions[max(at for at in stream.positions if at <= now)]
        if stream.appends:
            rows = [row for version in range(offset + 1, now + 1) for row in self.inserts[version]]
            return {i: [(*row, "INSERT", False)] for i, row in stream.rows({"t": dict(enumerate(rows))}).items()}
        if initial:
            found = stream.rows(self.history[offset])
            return {i: [(*row, "INSERT", False)] for i, row in found.items()}
        before, after = stream.rows(self.history[offset]), stream.rows(self.history[now])
        changed = [i for i in before.keys() | after.keys() if before.get(i) != after.get(i)]
        return {
            i: [(*row[i], action, i in before and i in after)
                for row, action in ((before, "DELETE"), (after, "INSERT")) if i in row]
            for i in changed
        }  # fmt: skip

    # -- what a session does -------------------------------------------------------------------------------------

    def see(self, session: Session) -> None:
        session.start, session.state = self.newest, self.history[-1]
        session.inserted, session.consumed = [], set()

    def apply(self, operation: Operation) -> None:
        """Raises Conflict where the account must."""
        number, verb, argument = operation
        session = self.sessions[number]
        if verb == "begin":
            if not session.explicit:
                self.see(session)
            session.explicit = True
        elif verb == "rollback":
            self.end(session)
        elif verb == "commit":
            self.commit(session)
        elif verb in {"fail", "fail to consume"}:
            self.again(session)
        elif verb in {"consume", "discard"} and self.is_read_by_others(number, argument):
            self.again(session)
            raise Waits
        elif verb in {"add column", "drop column", "refresh", "recreate"}:
            self.commit(session)
            self.define(session, verb, argument)
        else:
            if not session.explicit:
                self.see(session)
            self.change(session, operation)
            session.done.append(operation)
            if not session.explicit:
                self.commit(session)

    def again(self, session: Session) -> None:
        """After a statement that failed: what the transaction did is done once more, on what is committed by now."""
        if session.explicit:
            self.see(session)
            for before in session.done:
                self.change(session, before)

    def is_read_by_others(self, number: int, argument: object) -> bool:
        """Would the statement wait for an open transaction that has read one of the streams?"""
        names = set(argument[1:]) if isinstance(argument, list) else set()
        return any(other.consumed & names for i, other in enumerate(self.sessions) if i != number and other.explicit)

    def commit(self, session: Session) -> None:
        if any(self.streams[name].moved > session.start for name in session.consumed):
            self.end(session)
            raise Conflict
        if session.done:
            # the tables are the sum of what all have done: no two sessions ever change the same row
            base, mine = self.history[session.start], session.state
            now = {
                name: {i: row for i, row in rows.items() if i in mine[name] or i not in base[name]}
                | {i: row for i, row in mine[name].items() if base[name].get(i) != row}
                for name, rows in self.history[-1].items()
            }
            self.keep(now, session.inserted)
        for name in session.consumed:
            self.streams[name].positions[self.newest] = session.start, False
        self.end(session)

    def keep(self, state: State, inserted: list[Row]) -> None:
        self.history.append(state)
        self.inserts.append(inserted)

    def end(self, session: Session) -> None:
        session.done, session.explicit, session.emptied = [], False, False
        self.see(session)

    def define(self, session: Session, verb: str, argument: object) -> None:
        if verb == "refresh":
            sums: Counter[object] = Counter()
            for k, v, _ in self.history[-1]["t"].values():
                sums[k] += v
            wanted = {(k, sums[k]) for k in {row[0] for row in self.history[-1]["t"].values()}}
            kept = {i: row for i, row in self.history[-1]["d"].items() if row in wanted}
            new = {next(self.ids): row for row in sorted(wanted - set(kept.values()))}  # type: ignore[type-var]
            self.keep({**self.history[-1], "d": kept | new}, [])
        elif verb == "recreate":
            self.keep(self.history[-1], [])
            self.streams[str(argument)].positions[self.newest] = self.newest, True
        else:
            self.has_x = verb == "add column"
            # a column that comes has no values, one that goes takes them along
            self.history = [{**s, "t": {i: (*row[:2], None) for i, row in s["t"].items()}} for s in self.history]
            self.inserts = [[(*row[:2], None) for row in rows] for rows in self.inserts]
        self.end(session)

    def change(self, session: Session, operation: Operation) -> None:
        """One DML statement, on what the session sees."""
        _, verb, argument = operation
        t, u = session.state["t"], session.state["u"]
        match verb, argument:
            case "insert", list():
                t = self.inserted(session, t, argument)
            case "overwrite", list():
                t = self.inserted(session, {}, argument)
            case "merge", list():
                new = dict(argument)
                t = {i: (k, new.get(k, v), x) for i, (k, v, x) in t.items()}
                keys = {row[0] for row in t.values()}
                t = self.inserted(session, t, [(k, v) for k, v in argument if k not in keys])
            case "update", (key, by):
                t = {i: (k, v + by if k == key else v, x) for i, (k, v, x) in t.items()}
            case "update x", (key, to):
                t = {i: (k, v, to if k == key else x) for i, (k, v, x) in t.items()}
            case "delete", key:
                t = {i: row for i, row in t.items() if row[0] != key}
            case "truncate", _:
                t = {}
            case "insert u", list():
                u = u | {next(self.ids): row for row in argument}
            case "update u", (key, by):
                u = {i: (k, w + by if k == key else w) for i, (k, w) in u.items()}
            case "delete u", key:
                u = {i: row for i, row in u.items() if row[0] != key}
            case (("consume" | "discard"), (number, *names)):
                session.consumed |= set(names)
                for name in names if verb == "consume" else ():
                    # without pairs that differ in none of what is kept in the sink; see the test
                    pairs = [
                        p for p in self.delta(name, session.start).values() if len({row[:2] for row in p}) == len(p)
                    ]
                    rows = [row for pair in pairs for row in pair]
                    sunk = {next(self.ids): (number, name, *row[:2], *row[-2:]) for row in rows}
                    session.state = {**session.state, "sink": session.state["sink"] | sunk}
        session.emptied |= verb in {"overwrite", "truncate"}
        session.state = {**session.state, "t": t, "u": u}

    def inserted(self, session: Session, into: Rows, rows: list[Row]) -> Rows:
        session.inserted += [(*row, None) for row in rows]
        return into | {next(self.ids): (*row, None) for row in rows}

    def crash(self) -> None:
        """What was not committed is not there."""
        for session in self.sessions:
            self.end(session)
