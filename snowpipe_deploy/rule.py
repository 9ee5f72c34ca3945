"""What a rule is: a check over a whole program that gives findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken. `severity` is given where this hit is less certain, or worse, than the rule's own."""

    message: str
    where: Location
    hint: str = ""
    object: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`code` is stable for ever; `explanation` says why it matters and what to do.

    `bad` and `good` are scripts that show the mistake and its cure; in `bad` the lines that are found end with `-- !`. A rule
    that is `for_scripts` is about the order and the repetition of statements that others run as they stand: in a project
    snowdeploy does that part itself. `source` is the entry of the reference that the rule comes from.
    """

    code: str
    name: str
    severity: Severity
    explanation: str
    check: Callable[[Program], Iterable[Hit]]
    bad: str = ""
    good: str = ""
    for_scripts: bool = False
    source: str = ""

    def findings(self, program: Program) -> list[Finding]:
        if self.for_scripts and program.in_project:
            return []
        return [
            Finding(self.code, self.name, hit.severity or self.severity, hit.message, hit.where, hit.hint, hit.object)
            for hit in self.check(program)
        ]
