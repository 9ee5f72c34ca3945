"""What a rule is: a check over a whole project that gives findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Finding, Project, Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken."""

    message: str
    where: Location
    hint: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`code` is stable for ever; `explanation` says why it matters and what to do."""

    code: str
    name: str
    severity: Severity
    explanation: str
    check: Callable[[Project], Iterable[Hit]]

    def findings(self, project: Project) -> list[Finding]:
        return [
            Finding(self.code, self.name, self.severity, hit.message, hit.where, hit.hint, hit.object)
            for hit in self.check(project)
        ]
