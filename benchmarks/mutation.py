"""Mutants of the video pipeline's SQL, and which of them its tests catch: `python benchmarks/mutation.py`.

Each mutant is the rendered project with one change: a comparison flipped, a filter (or one part of it) dropped, a branch of a
MERGE taken out or two of them swapped. Tests run until the first fails. Prints the share that was caught and every survivor.

    --only TEXT   those whose file, line or change has the text     --every N   a sample
    --again LOG   those that survived a run that printed LOG        --list      only their names
    --quick       a few tests only, not all, must pass first on what is not changed
"""

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 0.95
WORKERS = 2
SECONDS = 600
TOOL = ("snowpipe_deploy.deploy", "snowpipe_deploy.local.account", "snowpipe_deploy.project")
PIPELINE, LOGS, DAMAGED, ARRIVAL = (
    f"tests/test_{name}.py" for name in ("pipeline", "pipeline_logs", "damaged_files", "arrival")
)
DAYS = f"{PIPELINE}::test_day_by_day_equals_the_independent_computation"
LATE = f"{PIPELINE}::test_late_doubled_and_renamed_files_change_nothing"
NOTHING_NEW = f"{PIPELINE}::test_what_says_nothing_new_is_not_touched"
ALONE = f"{PIPELINE}::test_a_drop_with_only_videos_flows_to_the_end"
FIELDS = f"{ARRIVAL}::test_a_day_of_which_each_row_is_corrected_in_one_field"
LACKING = f"{PIPELINE}::test_a_category_that_a_country_lacks_is_a_warning"
BAD_FIELD = f"{DAMAGED}::test_damaged_file[a_bad_field_in_most_rows]"
MENDED = f"{ARRIVAL}::test_a_rejected_file_that_is_mended_and_broken_again"
TESTS = (PIPELINE, LOGS, DAMAGED, ARRIVAL)
# Which tests know a file best. They come first for its mutants; what they let through meets all the others afterwards.
KNOWING = {
    "staging/process_new_videos.sql": (
        FIELDS, BAD_FIELD, MENDED, *(f"{ARRIVAL}::test_{name}" for name in (
            "copies_name_the_file_that_was_accepted", "two_loads_at_one_moment_are_two",
            "a_file_that_was_replaced_is_loaded_again")), DAMAGED, LATE, DAYS,
    ),
    "staging/process_new_categories.sql": (f"{LOGS}::test_category_lists_of_one_day", DAYS, DAMAGED),
    "dwh/update_dimensions.sql": (
        FIELDS, DAYS, NOTHING_NEW, ALONE, f"{LOGS}::test_category_lists_of_one_day",
        f"{LOGS}::test_a_category_that_changes_back_on_the_same_day_has_no_history",
        f"{LOGS}::test_a_category_that_changes_has_a_history", LATE,
    ),
    "dwh/update_fact_table.sql": (
        FIELDS, DAYS, NOTHING_NEW, ALONE, f"{PIPELINE}::test_a_day_that_is_deleted_by_hand_goes_from_the_facts",
        f"{PIPELINE}::test_a_row_that_is_deleted_by_hand_goes_alone", f"{LOGS}::test_a_category_that_changes_has_a_history",
        f"{LOGS}::test_a_list_of_one_category_names_the_videos_that_came_before",
    ),
    "dwh/run_data_quality.sql": (f"{LOGS}::test_each_check_fails_where_it_should_and_only_there",),
    "analytics/dynamic_tables.sql": (FIELDS, DAYS),
    "analytics/file_overview.sql": (FIELDS, MENDED, f"{LOGS}::test_a_file_that_was_not_processed_yet_says_so", DAMAGED, DAYS),
    "analytics/run_overview.sql": (f"{LOGS}::test_runs_are_logged_step_by_step", LACKING),
    "raw/tasks.sql": (DAYS, LOGS),
    "raw/trim_logs.sql": (f"{LOGS}::test_logs_are_trimmed_once_a_day", LOGS),
}  # fmt: skip
# needs the templates, and the mutants are made of what they give
# the last two take long and catch nothing that the others let through
NOT_HERE = "not severity_error and not any_order and not random_damage"
# Changes after which the pipeline does more work and gives the same tables: no test can tell. (file, what, why)
SAME = (
    (
        "update_dimensions",
        "WHERE dropped: METADATA$ACTION",
        "an update keeps its day, which the INSERT of the pair has too",
    ),
    (
        "update_dimensions",
        "WHERE dropped: VIDEO_ID IN (SELECT VIDEO_ID FROM affected)",
        "computes the versions of all videos",
    ),
    ("update_dimensions", "WHERE dropped: EXISTS", "computes the versions of all categories"),
    ("update_dimensions", "WHERE dropped: A.COUNTRY = C.COUNTRY", "computes the versions of all categories"),
    ("update_dimensions", "part of WHERE dropped: A.CATEGORY_ID = C.", "computes the versions of more categories"),
    ("update_dimensions", "HAVING dropped", "computes versions anew where the pair adds up to zero"),
    (
        "update_fact_table",
        "WHERE dropped: VIDEO_ID IN (SELECT VIDEO_ID FROM affected)",
        "computes the facts of all videos",
    ),
    ("update_fact_table", "WHERE dropped: EXISTS", "computes the facts of all videos"),
    ("update_fact_table", "WHERE dropped: C.COUNTRY = V.COUNTRY AND C.CATEGORY_ID", "computes the facts of all videos"),
    ("update_fact_table", "part of WHERE dropped: C.", "computes the facts of more videos"),
    ("update_fact_table", "HAVING dropped", "computes facts anew where the pair adds up to zero"),
    ("tasks", "part of WHERE dropped: L.TABLE_NAME", "no file's name fits the patterns of both COPY statements"),
    (
        "tasks",
        "part of WHERE dropped: NAME <>",
        "the finalizer's own row says EXECUTING, has no message and began last",
    ),
)
FLIPS = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
WORDS = {
    r"IS\s+NOT\s+DISTINCT\s+FROM": "IS DISTINCT FROM", r"IS\s+DISTINCT\s+FROM": "IS NOT DISTINCT FROM",
    r"IS\s+NOT\s+NULL": "IS NULL", r"IS\s+NULL": "IS NOT NULL", r"NOT\s+EXISTS": "EXISTS", r"NOT\s+IN\b": "IN",
    r"NOT\s+REGEXP_LIKE": "REGEXP_LIKE", r"\bAND\s+NOT\b": "AND",
}  # fmt: skip
# the last of these words before an "=" says whether it compares
BEFORE = re.compile(
    r"\b(WHERE|ON|WHEN|HAVING|QUALIFY|IFF|IF|COUNT_IF|SET|CREATE|TASK|TABLE|COPY|FROM|PROCEDURE|BEGIN|LET|CALL)\b"
)
COMPARING = {"WHERE", "ON", "WHEN", "HAVING", "QUALIFY", "IFF", "IF", "COUNT_IF"}
ENDS = re.compile(r"\b(GROUP|HAVING|QUALIFY|ORDER|UNION|LIMIT|WHEN|WHERE)\b|;")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one change, and where."""

    file: str
    line: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.what}"


def masked(text: str) -> str:
    """The text with comments and literals blanked out, of the same length."""
    return re.sub(r"--[^\n]*|'(?:[^']|'')*'", lambda found: " " * len(found[0]), text)


def end_of(plain: str, start: int, ends: re.Pattern[str]) -> int:
    """Where a clause that starts here ends: at a word of the next clause, or at the parenthesis around it."""
    depth = 0
    for i in range(start, len(plain)):
        if plain[i] == "(":
            depth += 1
        elif plain[i] == ")":
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and ends.match(plain, i) and (plain[i] == ";" or not plain[i - 1].isalnum()):
            return i
    return len(plain)


def parts(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """The terms of a condition between the ANDs that are not in parentheses."""
    found, depth, at = [], 0, start
    for i in range(start, end):
        depth += {"(": 1, ")": -1}.get(plain[i], 0)
        if depth == 0 and re.match(r"\bAND\b", plain[i:end]) and not plain[i - 1].isalnum():
            found.append((at, i))
            at = i + 3
    return [*found, (at, end)]


def changes(text: str) -> Iterator[tuple[int, str, str]]:
    """Where, what, and the changed text."""
    plain = masked(text)

    def put(start: int, end: int, new: str) -> str:
        return text[:start] + new + text[end:]

    for found in re.finditer(r"<=|>=|<>|(?<![<>=:!])=(?![=>])|(?<![<=-])>|<", plain):
        before = [match[1] for match in BEFORE.finditer(plain, 0, found.start())]
        signs = plain[: found.start()].endswith("SUM(IFF(METADATA$ACTION ")  # only whether the sum is 0 counts
        if before and before[-1] in COMPARING and not signs:
            yield found.start(), f"{found[0]} -> {FLIPS[found[0]]}", put(*found.span(), FLIPS[found[0]])
    for pattern, new in WORDS.items():
        for found in re.finditer(pattern, plain):
            if re.search(r"\bPARTITION\s+BY[^()]*$", re.sub(r"\bORDER\b", "(", plain[: found.start()])):
                continue  # by a condition or by its opposite: the same parts
            yield found.start(), f"{' '.join(found[0].split())} -> {new}", put(*found.span(), new)
    for found in re.finditer(r"\b(WHERE|HAVING|QUALIFY)\b", plain):
        end = end_of(plain, found.end(), ENDS)
        gone = " ".join(text[found.end() : end].split())[:60]
        # QUALIFY without a window function is refused
        rest = put(found.start(), end, "") if found[0] == "QUALIFY" else put(found.end(), end, " TRUE ")
        yield found.start(), f"{found[0]} dropped: {gone}", rest
        terms = parts(plain, found.end(), end)
        for start, stop in terms if len(terms) > 1 else []:
            yield (
                start,
                f"part of {found[0]} dropped: {' '.join(text[start:stop].split())[:60]}",
                put(start, stop, " TRUE "),
            )
    for found in re.finditer(r"\bWHEN\s+MATCHED\s+AND\b", plain):
        end = end_of(plain, found.end(), re.compile(r"\bTHEN\b"))
        yield found.start(), "condition of WHEN MATCHED dropped", put(found.end() - 3, end, "")
    yield from merge_branches(text, plain)


def merge_branches(text: str, plain: str) -> Iterator[tuple[int, str, str]]:
    for merge in re.finditer(r"\bMERGE\s+INTO\b", plain):
        stop = plain.index(";", merge.end())
        starts = [
            found.start()
            for found in re.finditer(r"\bWHEN\s+(NOT\s+)?MATCHED\b", plain[:stop])
            if found.start() > merge.end()
        ]
        branches = list(zip(starts, [*starts[1:], stop], strict=True))
        for start, end in branches:
            if len(branches) > 1:
                yield start, f"branch dropped: {' '.join(text[start:end].split())[:50]}", text[:start] + text[end:]
        matched = [b for b in branches if not re.match(r"WHEN\s+NOT", plain[b[0] :])]
        if len(matched) == 2:
            (a, b), (c, d) = matched
            then = [plain.index("THEN", start) for start in (a, c)]
            swapped = text[a : then[0]] + text[then[1] : d] + text[c : then[1]] + text[then[0] : b]
            yield a, "THEN of two MATCHED branches swapped", text[:a] + swapped + text[d:]


def mutants(project: Path) -> list[Mutant]:
    found = []
    for name in KNOWING:  # the files that hold logic; the others make tables, streams, formats and stages
        text = (project / "sql" / name).read_text()
        seen = {text}
        for at, what, changed in sorted(changes(text)):
            same = any(file in name and part in what for file, part, _ in SAME)
            if changed not in seen and not same:
                seen.add(changed)
                found.append(Mutant(name, text.count("\n", 0, at) + 1, what, changed))
    return found


def rendered(folder: Path) -> Path:
    """The project as plain SQL files, to be changed one by one."""
    command = [sys.executable, "-m", "snowpipe_deploy", "render", "--env", "dev", "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    if (folder / "templates").exists():
        for file in (folder / "templates").rglob("*.sql*"):
            target = folder / "sql" / file.relative_to(folder / "templates").with_name(file.name.removesuffix(".j2"))
            target.parent.mkdir(parents=True, exist_ok=True)
            file.rename(target)
    environments = folder / "environments"
    environments.mkdir()
    for file in (ROOT / "environments").glob("*.toml"):
        (environments / file.name).write_text(file.read_text())
    return folder


def caught(base: Path, kept: Path | None, task: tuple[Mutant, tuple[str, ...]]) -> str:
    """The first of the tests that fails on the mutant; empty where none does. Called in a process of its own."""
    mutant, tests = task
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "project"
        shutil.copytree(base, project)
        (project / "sql" / mutant.file).write_text(mutant.text)
        os.environ["SNOWDEPLOY_TEST_PROJECT"] = str(project)
        if kept:
            os.environ["SNOWDEPLOY_TEST_KEPT"] = str(kept)
        os.chdir(ROOT)
        sys.path.insert(0, str(ROOT))
        seen = Failures()
        with (Path(name) / "said").open("w") as said, redirect_stdout(said), redirect_stderr(said):
            signal.signal(signal.SIGALRM, lambda *_: pytest.exit("it never ended", returncode=1))
            signal.alarm(SECONDS)
            passed = pytest.main(
                ["-x", "-q", "-p", "no:cacheprovider", "--tb=no", "-k", NOT_HERE, "--basetemp", f"{name}/tests", *tests], [seen]
            ) == 0  # fmt: skip
            signal.alarm(0)
    return "" if passed else seen.first or "it never ended, or could not begin"


class Failures:
    """Notes the first failure of a run."""

    first = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.first:
            self.first = report.nodeid if report.when == "call" else f"{report.when} of {report.nodeid}"


def tried(base: Path, kept: Path | None, tasks: list[tuple[Mutant, tuple[str, ...]]], missed: str) -> list[Mutant]:
    """Those that their tests let through; prints what became of each."""
    left = []
    start = multiprocessing.get_context(
        "forkserver"
    )  # each run begins with all that is slow to import, and nothing else
    start.set_forkserver_preload(["duckdb", "sqlglot.optimizer.qualify", "hypothesis", "pytest", *TOOL])
    with start.Pool(WORKERS, maxtasksperchild=1) as pool:
        for (mutant, _), by in zip(tasks, pool.imap(partial(caught, base, kept), tasks, chunksize=1), strict=True):
            if not by:
                left.append(mutant)
            print(f"{mutant}  {'caught by ' + by if by else missed}", flush=True)
    return left


def main() -> None:
    every = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    again = Path(sys.argv[sys.argv.index("--again") + 1]).read_text() if "--again" in sys.argv else ""
    with tempfile.TemporaryDirectory() as name:
        base = rendered(Path(name) / "project")
        chosen = [m for m in mutants(base) if only in str(m) and (not again or f"{m}  SURVIVED" in again)][::every]
        if "--list" in sys.argv:
            print(*chosen, f"{len(chosen)} mutants", sep="\n")
            return
        unchanged = Mutant(next(iter(KNOWING)), 0, "", (base / "sql" / next(iter(KNOWING))).read_text())
        kept = Path(name) / "kept"
        kept.mkdir()
        if (
            tried(
                base, kept, [(unchanged, (DAYS, FIELDS, LOGS) if "--quick" in sys.argv else TESTS)], "as it should be"
            )
            == []
        ):
            sys.exit("the tests fail without any change")
        started = time.perf_counter()
        left = tried(base, kept, [(m, KNOWING[m.file]) for m in chosen], "let through by the first tests")
        survivors = tried(base, None, [(m, TESTS) for m in left], "SURVIVED")
    share = 1 - len(survivors) / len(chosen)
    print(f"\n{len(chosen)} mutants in {time.perf_counter() - started:.0f} s, {share:.1%} caught, limit {LIMIT:.0%}")
    print(f"left out, because they change no table ({len(SAME)} sorts):")
    for file, what, why in SAME:
        print(f"  {file}: {what}: {why}")
    for mutant in survivors:
        print(f"survivor: {mutant}")
    sys.exit(share < LIMIT)


if __name__ == "__main__":
    main()
