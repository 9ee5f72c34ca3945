"""Every fault at every statement of a deployment: `python benchmarks/faults.py [--every N] [--fault NAME]`.

The statement fails, the connection drops before or after it took effect, the process is killed before or after, while rows keep
coming in and a run is under way; then `apply` again must end as a clean run does (`tests/fault_sweep.py`). Takes about an hour.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.fault_sweep import FAULTS, differences, expected, prepare, trial


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every Nth statement")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--fault", action="append", choices=FAULTS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        prepare(base / "template")
        clean, stopped, sent = trial(base / "template", base / "clean", 0, "none")
        expected(clean)
        print(f"clean: {sent} statements {stopped}", flush=True)
        tried, bad = 0, 0
        for fault in given.fault or FAULTS:
            for at in range(given.first, sent + 1, given.every):
                tried += 1
                try:
                    end, stopped, _ = trial(base / "template", base / f"t{tried}", at, fault)
                    wrong = differences(clean, end)
                except Exception as error:  # noqa: BLE001 - counted and shown
                    wrong = [f"{type(error).__name__}: {error}"]
                if wrong:
                    bad += 1
                    print(f"statement {at} {fault} ({stopped[:80]}): " + "; ".join(wrong), flush=True)
            print(f"{fault}: {tried} tried so far, {tried - bad} survived", flush=True)
        print(f"{tried} faults, {tried - bad} survived")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
