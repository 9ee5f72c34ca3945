"""`python -m tests.mutators`: what the rules make of the planted mistakes, rule by rule, and every mutant that they miss."""

import sys

from tests.mutators.planting import judged


def main() -> None:
    rows: dict[str, list[int]] = {}
    for mutant, verdict in judged():
        row = rows.setdefault(mutant.edit.rule, [0, 0])
        row[0] += 1
        row[1] += not verdict
        if verdict:
            print(f"{mutant.edit.rule} {mutant.edit.what} ({mutant.hand}, line {mutant.line}): {verdict}")
    for rule, (count, found) in sorted(rows.items()):
        print(f"{rule}  {found:3} of {count:3}")
    total, found = sum(r[0] for r in rows.values()), sum(r[1] for r in rows.values())
    print(f"{len(rows)} rules, {total} mutants, {found} found at their line and nothing else: {found / total:.1%}")
    sys.exit(found / total < 0.98)


if __name__ == "__main__":
    main()
