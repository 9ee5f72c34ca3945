"""How long a command takes from the shell, and which imports cost most: `python benchmarks/startup.py`.

Figures are medians of several runs in one go, beside a bare `python -c pass`; a machine that is shared is noisy.
"""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
LIMITS = {"--help": 0.2, "validate": 1.0, "plan --env dev": 1.5, "status --env dev": 1.5}  # seconds


def median(command: list[str]) -> float:
    """Median wall time in seconds."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def imports(arguments: list[str]) -> list[tuple[float, str]]:
    """The packages whose import takes longest, in seconds, with what they import in turn."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "snowpipe_deploy", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    found = re.findall(r"import time:\s+\d+ \|\s+(\d+) \| (\s*)(\S+)", done.stderr)
    tops = [
        (int(total) / 1e6, name)
        for total, _, name in found
        if "." not in name or name.startswith("snowpipe_deploy.local.account")
    ]
    return sorted(tops, reverse=True)[:6]


def main() -> None:
    subprocess.run(
        [sys.executable, "-m", "snowpipe_deploy", "apply", "--env", "dev", "--yes", "-q"], check=True, cwd=ROOT
    )
    bare = median([sys.executable, "-c", "pass"])
    print(f"{'python -c pass':<20} {bare:6.3f} s")
    for words, limit in LIMITS.items():
        seconds = median([sys.executable, "-m", "snowpipe_deploy", *words.split()])
        print(
            f"{words:<20} {seconds:6.3f} s  {seconds / bare:6.1f} x bare  limit {limit} s  {'ok' if seconds <= limit else 'OVER'}"
        )
    print("\nimports of `plan`, slowest first:")
    for seconds, name in imports(["plan", "--env", "dev"]):
        print(f"  {seconds:6.3f} s  {name}")


if __name__ == "__main__":
    main()
