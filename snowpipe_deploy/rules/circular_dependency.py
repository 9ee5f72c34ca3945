"""Objects that need each other."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.graph import circle
from snowpipe_deploy.rule import Hit, Rule

_NEEDING = frozenset({"VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW", "TABLE", "STREAM"})


def check(program: Program) -> Iterator[Hit]:
    """Only what a CREATE looks up: circles of tasks are a rule of their own, bodies are looked up when they run."""
    edges = {
        step.index: tuple(_needs(program, step))
        for step in program.statements
        if step.creates and step.kind in _NEEDING
    }
    while path := circle(edges):
        steps = [program.steps[index] for index in path]
        arrow = " -> ".join(str(step.head.name) for step in steps)
        yield Hit(
            f"objects need each other: {arrow}",
            steps[0].statement.where,
            "take one of these references away",
            steps[0].label,
        )
        edges = {
            index: tuple(b for b in before if b not in path) for index, before in edges.items() if index not in path
        }


def _needs(program: Program, step: Step) -> Iterator[int]:
    for use in program.uses(step):
        if use.kind == "relation" and use.access == "reads":
            found = program.find("relation", use.name, step)
            if len(found) == 1 and not found[0].inside and found[0].step is not step:
                yield found[0].step.index


RULE = Rule(
    "SD703", "circular-dependency", "error",
    "No order exists in which these objects can be made.",
    check,
    bad="""
CREATE VIEW RAW.A AS SELECT ID FROM RAW.B; -- !
CREATE VIEW RAW.B AS SELECT ID FROM RAW.A;
""",
    good="""
CREATE TABLE RAW.T (ID NUMBER);
CREATE VIEW RAW.B AS SELECT ID FROM RAW.T;
CREATE VIEW RAW.A AS SELECT ID FROM RAW.B;
""",
)  # fmt: skip
