"""The pytest plugin: a fresh account with the project on it for each test, its clock and its faults in the test's hand."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # the package is imported when a fixture is first asked for: most runs of pytest do not ask
    from snowpipe_deploy.model import Project
    from snowpipe_deploy.testing.bench import Benches
    from snowpipe_deploy.testing.story import Story


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("snowdeploy")
    group.addoption(
        "--snowdeploy-env", metavar="NAME", default=os.environ.get("SNOWDEPLOY_ENV", "dev"),
        help="environments/NAME.toml that the fixtures `account` and `project` use",
    )  # fmt: skip
    parser.addini(
        "snowdeploy_project",
        "The project's folder; default: the one at or above rootdir with environments/.",
        default="",
    )


class PipelineAccount:
    """An account with the project on it. Statements raise `snowpipe_deploy.session.SqlError` where the account refuses them."""

    def __init__(self, story: "Story") -> None:
        self._story = story

    @property
    def now(self) -> datetime:
        """By the account's clock."""
        return self._story.bench.now()

    def put(self, target: str, *contents: str | Mapping[str, Any]) -> None:
        """Puts files on `@SCHEMA.STAGE/path` or rows into `SCHEMA.TABLE`: paths beside the test's module, or what `put` in a
        test file may hold."""
        from snowpipe_deploy.testing.file import Content, Rows

        model = Content if target.startswith("@") else Rows
        for one in contents:
            self._story.put(target, one if isinstance(one, str) else model.model_validate(dict(one)), ())

    def run(self, task: str, config: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Runs the graph of a root task to its end; the states of its tasks (succeeded, failed, skipped) by name."""
        story = self._story
        before = {r.group for r in story.history()}
        story.groups = before
        story.bench.run(story.session, story.task_name(task, ()), dict(config or {}), before)
        return {name.rpartition(".")[2]: state for name, state in story.new_runs().states.items()}

    def advance(self, by: str) -> int:
        """Moves the clock (`90s`, `30m`, `6h`, `7d`); schedules that fall due run. The number of runs."""
        from snowpipe_deploy.schedule import duration

        far = duration(by)
        if far is None:
            raise ValueError(f"{by!r} is no duration: write 90s, 30m, 6h or 7d")
        return self._story.bench.tick(self.now + far)

    def sql(self, text: str) -> list[dict[str, object]]:
        """Runs statements; the rows of the last one by column."""
        from snowpipe_deploy.session import Result
        from snowpipe_deploy.sqltext.split import split

        result = Result()
        for piece in split(text):
            result = self._story.execute(piece.text)
        return result.dicts()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        return list(self._story.execute(query).rows)

    def call(self, procedure: str) -> object:
        """Calls a procedure with its arguments, without CALL; its value."""
        return self._story.execute(f"CALL {procedure}").scalar()

    @contextmanager
    def fail(self, task: str, at: str | None = None, error: str = "injected by the test") -> Iterator[None]:
        """Within it the task fails, before its first statement or at the one that begins so; raises AssertionError where it
        did not come to it."""
        from snowpipe_deploy.testing.file import Fault

        self._story.task_name(task, ())
        self._story.fault, self._story.reached = Fault(task=task, at=at, error=error, connection=None), False
        try:
            yield
        finally:
            self._story.fault = None
        if not self._story.reached:
            pytest.fail(f"the fault never came about: task {task} did not come to it", pytrace=False)


@contextmanager
def _told() -> Iterator[None]:
    """Errors that a person can mend are shown without our traceback."""
    from snowpipe_deploy.errors import DeployError

    try:
        yield
    except DeployError as error:
        where = f"{error.where}: " if error.where else ""
        hint = f"\nhint: {error.hint}" if error.hint else ""
        pytest.fail(f"{where}{error.message}{hint}", pytrace=False)


@pytest.fixture(scope="session")
def snowdeploy_benches(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Benches]":
    """Where tests run: the project was deployed once, each test has a copy."""
    with _told():
        from snowpipe_deploy.connect import benches
        from snowpipe_deploy.environment import find_root, load_environment
        from snowpipe_deploy.project import load
        from snowpipe_deploy.testing.suite import EPOCH

        config = request.config
        root = find_root(config.rootpath / str(config.getini("snowdeploy_project")))
        environment = load_environment(root, str(config.getoption("--snowdeploy-env")))
        made = benches(
            root, environment, load(root, environment), tmp_path_factory.mktemp("snowdeploy") / "template", EPOCH
        )
        opened = made.__enter__()
    try:
        yield opened
    finally:
        made.__exit__(None, None, None)


@pytest.fixture
def _story(request: pytest.FixtureRequest, snowdeploy_benches: "Benches", tmp_path: Path) -> "Iterator[Story]":
    from snowpipe_deploy.testing.file import Case, PipelineFile, TestFile
    from snowpipe_deploy.testing.story import Story, Told
    from snowpipe_deploy.testing.suite import EPOCH

    folder = request.path.parent
    case = Case(TestFile(request.path.name, folder, "", PipelineFile()), request.node.name, None, (), ())
    with _told():
        bench = snowdeploy_benches.open(tmp_path / "snowdeploy" / "account", None, EPOCH)
    try:
        story = Story(case, bench, tmp_path / "snowdeploy" / "files", Told(), update=False)
        yield story
        story.close()
    finally:
        bench.close()


@pytest.fixture
def account(_story: "Story") -> PipelineAccount:
    """A fresh account with the project on it."""
    return PipelineAccount(_story)


@pytest.fixture
def project(_story: "Story") -> "Project":
    """The project as it is deployed on `account`."""
    return _story.project


@pytest.fixture
def assert_rows(account: PipelineAccount) -> Callable[..., None]:
    """`assert_rows(query, rows)`: the query gives these rows, in any order; `ordered=True`: in this one."""

    def check(query: str, rows: Sequence[Sequence[object]], *, ordered: bool = False) -> None:
        __tracebackhide__ = True
        from snowpipe_deploy.testing.rows import NULL, compare, explained

        found = account._story.execute(query)
        wanted = [[NULL if value is None else value for value in row] for row in rows]
        difference = compare(found.columns, wanted, found.rows, ordered=ordered)
        if difference:
            pytest.fail("\n".join([f"{query}: other rows", *explained(difference)]), pytrace=True)

    return check
