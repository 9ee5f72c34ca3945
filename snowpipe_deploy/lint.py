"""Everything wrong with a project or with somebody's scripts, in one report, without an account."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from snowpipe_deploy.analysis.program import Program, Step, complete
from snowpipe_deploy.analysis.program import from_texts as program_of
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Finding, Project, Statement
from snowpipe_deploy.rule import Rule
from snowpipe_deploy.rules import RULES
from snowpipe_deploy.scripts import Scripts, read_scripts, repositories
from snowpipe_deploy.sqltext.clauses import reading
from snowpipe_deploy.sqltext.head import Head, ReadError
from snowpipe_deploy.sqltext.lexer import tokens

_IGNORE = re.compile(r"--\s*snowdeploy:\s*ignore\s+(SD\d+|[a-z][\w-]+)\b(.*)")
_UNUSED = ("SD004", "ignore-without-effect")


def validate(project: Project, severities: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Problems of reading and findings of all rules, by place; `severities` is the environment's [validate]."""
    return findings(program(project), project.problems, severities)


def validate_paths(
    paths: Iterable[Path], values: Mapping[str, Any] | None = None
) -> tuple[Program, tuple[Finding, ...]]:
    """Any folders and files, read as scripts in their order; what was read, and the findings."""
    scripts = read_scripts(tuple(paths), values or {})
    read = program_of(scripts.texts, in_project=False, sequences=scripts.sequences)
    apart = repositories(text.path for text in scripts.texts)
    if not apart and not scripts.foreign:
        return read, findings(read, scripts.problems)
    found = [f for part, problems in _parts(read, scripts, apart) for f in findings(part, problems)]
    return read, tuple(sorted(found, key=_place))


def _parts(read: Program, scripts: Scripts, apart: Mapping[str, str]) -> Iterator[tuple[Program, list[Finding]]]:
    """The program of each repository without what is written for other databases, with the problems of reading its files."""
    steps: dict[str, list[Step]] = {name: [] for name in [*apart.values(), ""]}
    for step in read.steps:
        if step.path not in scripts.foreign:
            steps[apart.get(step.path, "")].append(step)
    faults: dict[str, list[Finding]] = {}
    for problem in scripts.problems:
        faults.setdefault(apart.get(problem.where.path, ""), []).append(problem)
    for name, own in steps.items():
        numbered = [replace(step, index=i) for i, step in enumerate(own)]
        yield Program(numbered, in_project=False), faults.get(name, [])


def _place(finding: Finding) -> tuple[Location, str, str]:
    return finding.where, finding.rule, finding.message


def findings(
    read: Program, problems: Iterable[Finding] = (), severities: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """What is wrong with a program, the ignored left out, and ignores that ignore nothing."""
    found = list(dict.fromkeys([*problems, *(finding for rule in RULES for finding in _judged(rule, read))]))
    ignores = list(_ignores(read))
    used: set[_Ignore] = set()
    kept = []
    for finding in found:
        over = [i for i in ignores if i.covers(finding)]
        used.update(over)
        if not over:
            kept.append(finding)
    kept += [
        Finding(
            *_UNUSED,
            "warning",
            f"{i.rule} is ignored here, but nothing is wrong with it",
            i.where,
            "take the comment out",
        )
        for i in ignores
        if i not in used
    ]
    return tuple(sorted(_weighed(kept, severities or {}), key=_place))


def _judged(rule: Rule, read: Program) -> list[Finding]:
    """What a rule finds. A rule that breaks on SQL of a shape that it does not know must not take the others' findings away."""
    try:
        return rule.findings(read)
    except Exception as error:  # noqa: BLE001 - a bug of one rule, said as such
        where = read.steps[0].statement.where if read.steps else Location("?")
        message = f"rule {rule.code} {rule.name} broke off here: {type(error).__name__}: {error}"
        return [
            Finding(
                "SD000",
                "rule-failed",
                "warning",
                message,
                where,
                "this is a bug of snowdeploy: report it with the files",
            )
        ]


def _weighed(found: list[Finding], severities: Mapping[str, str]) -> Iterator[Finding]:
    for finding in found:
        level = severities.get(finding.rule, severities.get(finding.name, finding.severity))
        if level != "off":
            yield replace(finding, severity=level)  # type: ignore[arg-type]  # environment.py has checked the level


@dataclass(frozen=True, slots=True)
class _Ignore:
    """`-- snowdeploy: ignore SD101 because …`: above a statement for all of it, inside for its line and the next."""

    rule: str
    where: Location
    last: int

    def covers(self, finding: Finding) -> bool:
        same = self.rule in {finding.rule, finding.name} and finding.where.path == self.where.path
        return same and self.where.line <= finding.where.line <= self.last


def _ignores(read: Program) -> Iterator[_Ignore]:
    for step in read.steps:
        statement = step.statement
        last = max(statement.lines, default=statement.where.line)
        for line, text in statement.comments:
            if match := _IGNORE.match(text):
                yield _Ignore(match[1], Location(step.path, min(line, statement.where.line)), last)
        if "snowdeploy:" not in statement.text:
            continue
        for token in tokens(statement.text):
            if token.kind == "comment" and (match := _IGNORE.match(token.text)):
                where = step.at(token.start)
                yield _Ignore(match[1], where, where.line + 1)


def program(project: Project) -> Program:
    """The statements of a project as the program that the rules read."""
    steps = [_step(i, statement, project) for i, statement in enumerate(project.statements)]
    return Program(steps, in_project=True, files=project.files)


def _step(index: int, statement: Statement, project: Project) -> Step:
    database, schema = project.scope.database, statement.schema or "PUBLIC"
    try:
        head = reading(statement.text)
    except (ReadError, ValueError):
        head = Head(statement.text, "")
    name = complete(head.name, head.kind, database, schema) if head.name is not None else None
    return Step(index, -index - 1, statement, head, database, schema, name)
