"""What streams deliver, by brute force: every committed state is kept, and a delta is the difference of two of them.

The tables: t (k, v, and now and then x) and u (k, w), which are changed; d, a dynamic table over t; sink, into which streams are
consumed. A version is one commit. A session sees the tables as they are committed, the streams as they were when its transaction began,
and its own changes. Where the account cannot show that, it refuses; the model says where it may and where it must.
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
    sees: int = 0  # and the one that it sees now
    state: State = field(default_factory=lambda: EMPTY)
    inserted: list[Row] = field(default_factory=list)  # into t
    consumed: set[str] = field(default_factory=set)
    done: list[Operation] = field(default_factory=list)
    explicit: bool = False
    emptied: bool = False  # it has deleted rows of the others


# how a statement ended that did nothing
STALE = "stale"  # it would have read what others have changed since its transaction has seen it
LOCKED = "locked"  # another transaction has changed rows of the table, or has consumed the stream and is over
WAITS = "waits"  # another transaction that has consumed the same stream is open: Snowflake waits for it, the account refuses
LOST = "lost"  # after a failure the transaction could not be done again as it was
FAILED = "failed"  # by its own fault

# the tables that a statement changes in place, for which it has to see them as they are
IN_PLACE = {**dict.fromkeys(("update", "update x", "delete", "merge", "truncate", "overwrite"), "t"),
            **dict.fromkeys(("update u", "delete u"), "u")}  # fmt: skip
WRITTEN = {**IN_PLACE, "insert": "t", "insert u": "u", "consume": "sink", "discard": "sink"}
BELOW = {**dict.fromkeys(("of_joined", "of_all"), ("t", "u")), "of_d": ("d",)}  # others are on t alone


def streams_of(operation: Operation) -> list[str]:
    _, verb, argument = operation
    return (
        list(argument[1:]) if verb in {"consume", "discard", "fail to consume"} and isinstance(argument, list) else []
    )


@dataclass
class Model:
    ids: Iterator[int] = field(default_factory=count)
    history: list[State] = field(default_factory=lambda: [EMPTY])
    touched: list[set[str]] = field(default_factory=lambda: [set()])  # the tables that were written, by version
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
        session.start = session.sees = self.newest
        session.state, session.inserted, session.consumed = self.history[-1], [], set()

    def apply(self, operation: Operation, ended: str = "", sees: int | None = None) -> None:
        """Does what the account did, which `ended` so (empty: well) and whose transaction sees this version; asserts that it may be so."""
        number, verb, argument = operation
        session, names = self.sessions[number], streams_of(operation)
        if not session.explicit:
            self.see(session)
        elif sees is not None and sees != session.sees:
            self.renew(session, sees)
        if ended:
            self.refuse(session, operation, ended)
            return
        assert not verb.startswith("fail")
        assert not self.is_read_by_others(session, names)
        if verb == "begin":
            session.explicit = True
        elif verb == "rollback":
            self.end(session)
        elif verb == "commit":
            assert not self.is_consumed_since(session)
            self.commit(session)
        elif verb in {"add column", "drop column", "refresh", "recreate"}:
            self.commit(session)
            self.define(session, verb, argument)
        else:
            table = IN_PLACE.get(verb)
            assert not (table and self.must_wait(session, table)), "a lock was passed over"
            assert not (table and self.is_stale(session, table)), "what others have changed was not seen"
            self.change(session, operation)
            session.done.append(operation)
            if not session.explicit:
                self.commit(session)

    def refuse(self, session: Session, operation: Operation, ended: str) -> None:
        """The statement did nothing: was that right?"""
        _, verb, _ = operation
        table, names = IN_PLACE.get(verb), streams_of(operation)
        match ended:
            case "stale":
                assert session.explicit
                assert (table and self.may_be_stale(session, table)) or self.may_see_too_much(session, names)
            case "locked" if verb == "commit":
                assert self.is_consumed_since(session)
                self.end(session)
            case "locked":
                assert table
                assert self.may_wait(session, table)
            case "waits":
                assert self.is_read_by_others(session, names)
            case "lost":
                assert session.explicit
                assert self.newest > session.start
                self.end(session)
            case _:
                assert verb.startswith("fail")

    def renew(self, session: Session, sees: int) -> None:
        """Its transaction was begun again by the account: what it has done is done on what is committed by then."""
        session.sees, session.state, session.inserted = sees, self.history[sees], []
        for before in session.done:
            self.change(session, before)

    def is_stale(self, session: Session, table: str) -> bool:
        """Have others committed other rows of the table than the session sees?"""
        return session.explicit and self.history[-1][table] != self.history[session.sees][table]

    def may_be_stale(self, session: Session, table: str) -> bool:
        """Or at least written to it."""
        return any(table in touched for touched in self.touched[session.sees + 1 :])

    def may_see_too_much(self, session: Session, names: list[str]) -> bool:
        """Does the session see more of what one of the streams is on than when its transaction began?"""
        below = {table for name in names for table in BELOW.get(name, ("t",))}
        consumed = any(session.start < self.streams[name].moved for name in names)
        return consumed or any(below & touched for touched in self.touched[session.start + 1 : session.sees + 1])

    def sees_too_much(self, session: Session, name: str) -> bool:
        """Does the session see the stream otherwise than when its transaction began?"""
        return session.explicit and self.delta(name, session.start) != self.delta(name, session.sees)

    def may_wait(self, session: Session, table: str) -> bool:
        others = (other for other in self.sessions if other is not session and other.explicit)
        return any(IN_PLACE.get(verb) == table for other in others for _, verb, _ in other.done)

    def must_wait(self, session: Session, table: str) -> bool:
        """Has the open transaction of another session changed or deleted rows of the table?"""
        return any(
            other.state[table].get(i) != row
            for other in self.sessions if other is not session and other.explicit
            for i, row in self.history[other.sees][table].items()
        )  # fmt: skip

    def is_read_by_others(self, session: Session, names: list[str]) -> bool:
        """Would the statement wait for an open transaction that has read one of the streams?"""
        return any(other.consumed & set(names) for other in self.sessions if other is not session and other.explicit)

    def is_consumed_since(self, session: Session) -> bool:
        """Has another transaction consumed what this one has consumed?"""
        return any(self.streams[name].moved > session.sees for name in session.consumed)

    def commit(self, session: Session) -> None:
        if session.done:
            # the tables are the sum of what all have done: no two sessions ever change the same row
            base, mine = self.history[session.sees], session.state
            now = {
                name: {i: row for i, row in rows.items() if i in mine[name] or i not in base[name]}
                | {i: row for i, row in mine[name].items() if base[name].get(i) != row}
                for name, rows in self.history[-1].items()
            }
            self.keep(now, session.inserted, {WRITTEN[verb] for _, verb, _ in session.done})
        for name in session.consumed:
            self.streams[name].positions[self.newest] = session.start, False
        self.end(session)

    def keep(self, state: State, inserted: list[Row], touched: set[str]) -> None:
        self.history.append(state)
        self.touched.append(touched)
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
            self.keep({**self.history[-1], "d": kept | new}, [], {"d"})
        elif verb == "recreate":
            self.keep(self.history[-1], [], set())
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
