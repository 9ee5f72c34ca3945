"""CPU seconds to load and plan 300, 1,000 and 3,000 objects: `python benchmarks/plan.py [OBJECTS …]`.

Projects of `../shared/bench`, one object a file, against an account that holds none of them; every size in a process of its own, in one
run, so that the growth can be read: twice the objects may take twice the time.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.apply import generated

SIZES = (300, 1000, 3000)
LIMIT = 3.0  # CPU seconds for 3,000 objects


def measured(folder: Path) -> None:
    from snowpipe_deploy import deploy
    from snowpipe_deploy.environment import load_environment
    from snowpipe_deploy.local.account import LocalAccount
    from snowpipe_deploy.project import load

    account = LocalAccount(folder / "account", asleep=True)
    session = account.session()
    begun = time.process_time()
    project = load(folder, load_environment(folder, "dev"))
    loaded = time.process_time()
    plan = deploy.plan(project, session)
    ended = time.process_time()
    account.close()
    print(len(project.objects), len(plan.actions), loaded - begun, ended - loaded)


def main() -> None:
    if sys.argv[1:2] == ["measure"]:
        measured(Path(sys.argv[2]))
        return
    first = 0.0
    for count in map(int, sys.argv[1:] or SIZES):
        with tempfile.TemporaryDirectory() as name:
            generated(count, Path(name))
            words = [sys.executable, __file__, "measure", name]
            answer = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        objects, actions, load, plan = (float(word) for word in answer.split())
        each = (load + plan) / objects * 1000
        first = first or each
        verdict = "" if count != SIZES[-1] else f"  limit {LIMIT} s  {'ok' if load + plan <= LIMIT else 'OVER'}"
        print(
            f"{objects:>5.0f} objects, {actions:>5.0f} actions: load {load:5.2f} s, plan {plan:5.2f} s, {each:5.2f} ms an object "
            f"({each / first:4.2f} x the first){verdict}",
            flush=True,
        )


if __name__ == "__main__":
    main()
