"""examples/engagement: batches come in, the clock moves, and all five dynamic tables have what plain DuckDB makes of the base tables."""

import importlib.util
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from snowpipe_deploy import deploy
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.lint import validate
from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.model import Project
from snowpipe_deploy.project import load

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "engagement"
TABLES = [
    "MEMBER_SESSIONS",
    "RESOURCE_CATALOG",
    "SESSION_ENGAGEMENT_DETAIL",
    "MEMBER_ENGAGEMENT_SUMMARY",
    "ENGAGEMENT_DASHBOARD",
]
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Example:
    """The example on an account of its own, whose clock stands."""

    def __init__(self, folder: Path) -> None:
        self.account = LocalAccount(folder, now=START, asleep=True)
        self.account.freeze()
        self.account.move(START)
        done = [o.status for o in deploy.apply(deploy.plan(self.project, self.account.session()), self.account)]
        assert set(done) == {"running", "done"}
        self.session = self.account.session()
        self.session.execute("USE DATABASE ENGAGEMENT_DEV")

    @property
    def project(self) -> Project:
        return load(EXAMPLE, load_environment(EXAMPLE, "dev"))

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return list(self.session.execute(sql).rows)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Example]:
    made = Example(tmp_path_factory.mktemp("engagement") / "account")
    yield made
    made.account.close()


def plain(example: Example) -> duckdb.DuckDBPyConnection:
    """The base tables in a database of DuckDB, with the events taken apart."""
    known = duckdb.connect()
    known.execute("CREATE TABLE members (id BIGINT, name TEXT, kind TEXT, region TEXT)")
    known.executemany(
        "INSERT INTO members VALUES (?, ?, ?, ?)",
        example.rows("SELECT MEMBER_ID, NAME, MEMBER_TYPE, REGION FROM ENGAGEMENT.MEMBERS"),
    )
    known.execute("CREATE TABLE resources (id BIGINT, content TEXT, topic TEXT)")
    known.executemany(
        "INSERT INTO resources VALUES (?, ?, ?)",
        example.rows("SELECT RESOURCE_ID, CONTENT_TYPE, TOPIC FROM ENGAGEMENT.RESOURCES"),
    )
    known.execute(
        "CREATE TABLE events (member BIGINT, resource BIGINT, session TEXT, moment TIMESTAMP, seconds BIGINT)"
    )
    events = []
    for member, data in example.rows("SELECT MEMBER_ID, EVENT_DATA FROM ENGAGEMENT.RAW_INTERACTIONS"):
        event = json.loads(str(data))
        events.append(
            (member, event["resource_id"], event["session_id"], event["timestamp"], event["engagement_seconds"])
        )
    known.execute(
        f"INSERT INTO events VALUES {', '.join(['(?, ?, ?, ?, ?)'] * len(events))}",
        [value for event in events for value in event],
    )
    # of what is as frequent, the first one in the alphabet
    known.execute(
        """
        CREATE TABLE viewed AS SELECT DISTINCT session, member, resource FROM events;
        CREATE TABLE summary AS
        SELECT m.id, m.name, m.kind, m.region, count(DISTINCT e.session) AS sessions, count(DISTINCT e.resource) AS resources,
          sum(e.seconds) AS seconds, count(*) AS events,
          (SELECT topic FROM viewed v JOIN resources r ON r.id = v.resource WHERE v.member = m.id
           GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 1) AS topic,
          (SELECT content FROM viewed v JOIN resources r ON r.id = v.resource WHERE v.member = m.id
           GROUP BY content ORDER BY count(*) DESC, content LIMIT 1) AS content
        FROM members m JOIN events e ON e.member = m.id GROUP BY m.id, m.name, m.kind, m.region
        """
    )
    return known


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def check(example: Example) -> None:
    """All five against the plain computation."""
    known = plain(example)

    def expect(sql: str) -> list[tuple[object, ...]]:
        return known.execute(sql).fetchall()

    sessions = example.rows(
        "SELECT SESSION_ID, MEMBER_ID, EVENT_COUNT, TOTAL_ENGAGEMENT_SECONDS, ARRAY_SIZE(RESOURCES_VIEWED), SESSION_START, SESSION_END "
        "FROM ENGAGEMENT.MEMBER_SESSIONS ORDER BY 1"
    )
    assert sessions == expect(
        "SELECT session, member, count(*), sum(seconds)::BIGINT, count(DISTINCT resource), min(moment), max(moment) FROM events GROUP BY ALL ORDER BY 1"
    )
    assert example.rows("SELECT RESOURCE_ID, TOPIC FROM ENGAGEMENT.RESOURCE_CATALOG ORDER BY 1") == expect(
        "SELECT id, topic FROM resources ORDER BY 1"
    )
    assert example.rows(
        "SELECT SESSION_ID, RESOURCE_ID, MEMBER_NAME, TOPIC FROM ENGAGEMENT.SESSION_ENGAGEMENT_DETAIL ORDER BY 1, 2"
    ) == expect(
        "SELECT v.session, v.resource, m.name, r.topic FROM viewed v JOIN members m ON m.id = v.member JOIN resources r ON r.id = v.resource ORDER BY 1, 2"
    )
    assert example.rows(
        "SELECT MEMBER_ID, TOTAL_SESSIONS, UNIQUE_RESOURCES, LIFETIME_ENGAGEMENT_SECONDS, FAVORITE_TOPIC, PREFERRED_CONTENT_TYPE "
        "FROM ENGAGEMENT.MEMBER_ENGAGEMENT_SUMMARY ORDER BY 1"
    ) == expect("SELECT id, sessions, resources, seconds::BIGINT, topic, content FROM summary ORDER BY 1")
    averages = example.rows(
        "SELECT MEMBER_ID, AVG_EVENTS_PER_SESSION FROM ENGAGEMENT.MEMBER_ENGAGEMENT_SUMMARY ORDER BY 1"
    )
    assert averages == [
        (member, rounded(Decimal(events) / sessions)) for member, events, sessions in expect("SELECT id, events, sessions FROM summary ORDER BY 1")
    ]  # fmt: skip
    (found,) = example.session.execute("SELECT * FROM ENGAGEMENT.ENGAGEMENT_DASHBOARD").dicts()
    members, seconds, of_sessions, views = (
        int(str(value))
        for value in expect("SELECT count(*), sum(seconds), sum(sessions), sum(resources) FROM summary")[0]
    )
    assert (found["ACTIVE_MEMBERS"], found["TOTAL_SESSIONS"], found["TOTAL_RESOURCE_VIEWS"]) == (
        members,
        of_sessions,
        views,
    )
    assert found["TOTAL_ENGAGEMENT_HOURS"] == rounded(Decimal(seconds) / 3600)
    assert found["AVG_ENGAGEMENT_MINUTES_PER_MEMBER"] == rounded(Decimal(seconds) / members / 60)
    kinds = dict(expect("SELECT kind, count(*) FROM summary GROUP BY kind"))
    assert [found[f"{kind}_MEMBERS"] for kind in ("PREMIUM", "REGISTERED", "FREE")] == [
        kinds[kind] for kind in ("premium", "registered", "free")
    ]
    assert json.loads(str(found["MEMBERS_BY_REGION"])) == dict(
        expect("SELECT region, count(*) FROM summary GROUP BY region")
    )
    assert (
        found["MOST_POPULAR_TOPIC"]
        == expect("SELECT topic FROM summary GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 1")[0][0]
    )


def refreshed(example: Example, since: datetime) -> list[tuple[object, ...]]:
    """The refreshes since then, in their order."""
    return example.rows(
        "SELECT NAME, STATE, REFRESH_ACTION, DATA_TIMESTAMP FROM TABLE(INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY("
        f"DATA_TIMESTAMP_START => '{since:%Y-%m-%d %H:%M:%S}'::TIMESTAMP_LTZ, RESULT_LIMIT => 1000))"
    )[::-1]


def in_order(names: list[object]) -> bool:
    """Is each behind all that it reads?"""
    detail = names.index("SESSION_ENGAGEMENT_DETAIL")
    above = max(names.index("MEMBER_SESSIONS"), names.index("RESOURCE_CATALOG"))
    return above < detail < names.index("MEMBER_ENGAGEMENT_SUMMARY") < names.index("ENGAGEMENT_DASHBOARD")


def test_batches_arrive_and_all_five_follow_in_order(example: Example) -> None:
    stream = _stream()
    moment = START
    for batch in range(2):
        if batch:
            stream.insert_batch(_Cursors(example), 100)
        moment += timedelta(minutes=1)
        example.account.tick(moment)
        rows = refreshed(example, moment)
        assert sorted(str(name) for name, *_ in rows) == sorted(TABLES)
        assert {(state, at) for _, state, _, at in rows} == {("SUCCEEDED", moment)}
        assert in_order([name for name, *_ in rows])
        check(example)
    moment += timedelta(minutes=1)
    example.account.tick(moment)
    assert {action for *_, action, _ in refreshed(example, moment)} == {"NO_DATA"}
    modes = example.session.execute("SHOW DYNAMIC TABLES IN DATABASE ENGAGEMENT_DEV").dicts()
    assert {row["name"]: row["refresh_mode"] for row in modes} == dict.fromkeys(TABLES[:-1], "INCREMENTAL") | {
        TABLES[-1]: "FULL"
    }


def test_nothing_is_wrong_with_its_files(example: Example) -> None:
    assert list(validate(example.project, load_environment(EXAMPLE, "dev").rules)) == []


def test_the_monitoring_queries_run(example: Example) -> None:
    queries = (EXAMPLE / "queries" / "monitoring.sql").read_text().split(";\n")
    for query in filter(str.strip, queries):
        example.session.execute(query)


def test_the_next_plan_is_empty_and_nothing_is_left_behind(example: Example) -> None:
    session = example.account.session()
    assert deploy.plan(example.project, session).actions == ()
    gone = deploy.teardown(example.project, session, allowed=("deletes-data",))
    assert {o.status for o in deploy.apply(gone, example.account, keep_record=False)} == {"running", "done"}
    left = session.execute("SHOW SCHEMAS IN DATABASE ENGAGEMENT_DEV").dicts()
    assert {row["name"] for row in left} <= {"PUBLIC", "INFORMATION_SCHEMA"}


class _Cursors:
    """The session as the one thing of a connection that the example asks for."""

    def __init__(self, example: Example) -> None:
        self._example = example

    def cursor(self) -> "_Cursors":
        return self

    def execute(self, sql: str) -> "_Cursors":
        self._rows = self._example.rows(sql)
        return self

    def fetchone(self) -> tuple[object, ...]:
        return self._rows[0]


def _stream() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stream", EXAMPLE / "stream.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
