"""Finds test files, and runs their tests: each file in one process, all tests of it from the same beginning."""

import shutil
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.location import Location
from snowpipe_deploy.testing.bench import Benches
from snowpipe_deploy.testing.file import Case, Step, TestFile, read
from snowpipe_deploy.testing.places import Key
from snowpipe_deploy.testing.story import Failure, Story, Told
from snowpipe_deploy.testing.trace import Trace

FOLDER = Path("tests", "pipelines")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # when a test begins that does not say so

Status = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test; `updates` holds what --update would write into its file."""

    path: str
    name: str
    where: Location
    status: Status
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    reason: str = ""  # of a test that was skipped
    trace: Trace = field(default_factory=Trace)
    updates: tuple[tuple[Key, Any], ...] = ()


def collect(root: Path, paths: Sequence[Path]) -> list[TestFile]:
    """The test files at the paths (files, or folders with *.toml); by default those below tests/pipelines/ of the project."""
    found: list[Path] = []
    for path in paths or [root / FOLDER]:
        if path.is_dir():
            found += sorted(path.rglob("*.toml"))
        elif path.is_file():
            found.append(path)
        else:
            hint = f"put one at {FOLDER}/NAME.toml" if not paths else None
            raise UsageError(f"no tests: {path} does not exist", hint=hint)
    files = [p.resolve() for p in found]
    return [read(p, _shown(p, root)) for p in dict.fromkeys(files)]


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else str(path)


def select(files: Sequence[TestFile], word: str) -> list[tuple[TestFile, list[str]]]:
    """Each file with the names of its tests that hold the word, in name or path; files without such a test are left out."""
    chosen = [(f, [c.name for c in f.cases if word.lower() in c.id.lower()]) for f in files]
    return [(f, names) for f, names in chosen if names]


def run(
    chosen: Sequence[tuple[TestFile, list[str]]], benches: Benches, jobs: int, *, update: bool = False
) -> Generator[Outcome]:
    """Outcomes as they come; with more than one job, files are worked off in processes."""
    if jobs <= 1 or len(chosen) <= 1:
        for file, names in chosen:
            yield from run_file(file, names, benches, update=update)
        return
    pool = ProcessPoolExecutor(min(jobs, len(chosen)), mp_context=get_context("spawn"))
    try:
        # the longest first: what is left for the end is short
        by_length = sorted(chosen, key=lambda item: -len(item[1]))
        started: list[Future[list[Outcome]]] = [
            pool.submit(_whole_file, file, names, benches, update) for file, names in by_length
        ]
        for future in as_completed(started):
            yield from future.result()
    except BrokenProcessPool as error:
        raise DeployError("a worker of the tests died", hint="--jobs 1 runs them in this process") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _whole_file(file: TestFile, names: list[str], benches: Benches, update: bool) -> list[Outcome]:
    return list(run_file(file, names, benches, update=update))


def run_file(file: TestFile, names: Sequence[str], benches: Benches, *, update: bool = False) -> Iterator[Outcome]:
    """The tests of one file. Steps that all of them begin with are run once, where a bench can begin as another one ended."""
    cases = [case for case in file.cases if case.name in names]
    with tempfile.TemporaryDirectory(prefix="snowdeploy-test-", ignore_cleanup_errors=True) as made:
        player = _Player(benches, Path(made), update)
        for case in cases:
            reason = benches.lacks(_needs(case))
            if reason:
                yield Outcome(file.path, case.name, case.where, "skipped", reason=reason)
                continue
            began = time.perf_counter()
            told = player.play(case)
            yield Outcome(
                file.path, case.name, case.where, "failed" if told.failures else "passed", time.perf_counter() - began,
                tuple(told.failures), "", told.trace, tuple(told.updates.items()),
            )  # fmt: skip


@dataclass(slots=True)
class _Player:
    """Plays the tests of one file; `begun` holds what became of the beginnings that were played for all of them."""

    benches: Benches
    folder: Path
    update: bool
    begun: dict[datetime | None, tuple[Path, Told]] = field(default_factory=dict)
    count: int = 0

    def play(self, case: Case) -> Told:
        told = Told()
        if not case.begin or not self.benches.copies:
            self._play(case, ((), case.begin), (case.key, case.steps), told=told)
            return told
        source, begun = self._begin(case)
        told.failures, told.updates = list(begun.failures), dict(begun.updates)
        told.trace.add(begun.trace)
        if not told.failures:
            self._play(case, (case.key, case.steps), told=told, source=source)
        return told

    def _begin(self, case: Case) -> tuple[Path, Told]:
        """The first test of a file pays for the beginning; the others start with a copy of where it led."""
        if case.now not in self.begun:
            told = Told()
            folder = self._play(case, ((), case.begin), told=told, keep=True)
            self.begun[case.now] = folder, told
        return self.begun[case.now]

    def _play(
        self, case: Case, *parts: tuple[Key, Sequence[Step]], told: Told, source: Path | None = None, keep: bool = False
    ) -> Path:
        """Plays steps on a bench of its own, whose folder is given back; whatever goes wrong is a failure of the test."""
        self.count += 1
        folder = self.folder / str(self.count)
        bench = None
        try:
            bench = self.benches.open(folder / "account", source, None if source else case.now or EPOCH)
            story = Story(case, bench, folder / "files", told, update=self.update)
            try:
                for key, steps in parts:
                    if not story.run(steps, key):
                        break
            finally:
                story.close()
        except DeployError as error:
            hint = (f"hint: {error.hint}",) if error.hint else ()
            told.failures.append(Failure(error.where or case.where, error.message, hint))
        finally:
            if bench is not None:
                bench.close(keep=keep)
            if not keep:
                shutil.rmtree(folder, ignore_errors=True)
        return folder / "account"


def _needs(case: Case) -> frozenset[str]:
    steps = (*case.begin, *case.steps)
    words = {"clock" for s in steps if s.advance is not None} | {"clock" for _ in [case.now] if case.now is not None}
    return frozenset(words | {"faults" for s in steps if s.fault is not None and s.fault.task is not None})
