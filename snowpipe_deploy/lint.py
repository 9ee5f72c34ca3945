"""Everything wrong with a project, in one report, without an account."""

from collections.abc import Mapping
from dataclasses import replace

from snowpipe_deploy.model import Finding, Project
from snowpipe_deploy.project import directives
from snowpipe_deploy.rules import RULES


def validate(project: Project, severities: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Problems of reading and findings of all rules, by place; `severities` is the environment's [validate]."""
    found = [*project.problems, *(finding for rule in RULES for finding in rule.findings(project))]
    ignored = _ignored(project)
    chosen = []
    for finding in found:
        if (finding.rule, finding.where.path, finding.object) in ignored:
            continue
        level = (severities or {}).get(finding.rule, (severities or {}).get(finding.name, finding.severity))
        if level != "off":
            chosen.append(replace(finding, severity=level))  # type: ignore[arg-type]  # environment.py has checked the level
    return tuple(sorted(chosen, key=lambda f: (f.where, f.rule, f.message)))


def _ignored(project: Project) -> set[tuple[str, str, str]]:
    """`-- snowdeploy: ignore SD101 because …` above a statement."""
    return {
        (rest.split()[0], thing.statement.where.path, str(thing.key))
        for thing in project.objects
        for word, rest in directives(thing.statement)
        if word == "ignore" and rest
    }
