"""The same mistakes in programs that were not written for them: the video pipeline, generated projects, the good examples.

`python -m tests.mutators.elsewhere` prints the table. `§` marks the planted line; `<made>` in a pattern is a name that the edit
is only sure about where the program makes it.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.validate import unit
from snowpipe_deploy.analysis.program import from_texts as script
from snowpipe_deploy.environment import load_environment
from snowpipe_deploy.lint import findings, validate
from snowpipe_deploy.model import Finding, Scope
from snowpipe_deploy.project import from_texts as project
from snowpipe_deploy.project import rendered, sources
from snowpipe_deploy.rules import RULES
from snowpipe_deploy.templates import plain
from tests.test_rule_cases import _FILE, sections

ROOT = Path(__file__).resolve().parents[2]
SITES = {"video": 12, "generated": 6}  # of one edit; one in each good example
# one edit that surely makes two errors: (the planted rule, the other)
BOTH = {("SD105", "SD707"), ("SD503", "SD504")}

_HEAD = "or|replace|alter|if|not|exists|transient|dynamic|external|table|view|stream|stage|procedure|function|task"

Put = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Clean:
    """A clean program; `database` is that of a project, empty for scripts."""

    name: str
    files: tuple[tuple[str, str], ...]
    database: str = ""

    def found(self, at: int = -1, text: str = "") -> tuple[Finding, ...]:
        texts = [plain(path, text if i == at else body) for i, (path, body) in enumerate(self.files)]
        if self.database:
            return validate(project("mutant", Scope(self.database), texts))
        return findings(script(texts, in_project=False, sequences={path: 1 for path, _ in self.files}))

    def makes(self, name: str) -> bool:
        last = re.escape(name.rsplit(".", maxsplit=1)[-1])
        made = rf"\bcreate\s+(?:(?:{_HEAD})\s+)+(?:\w+\.)*{last}\b"
        return any(re.search(made, body, re.IGNORECASE) for _, body in self.files)


@cache
def clean() -> tuple[Clean, ...]:
    dev = load_environment(ROOT, "dev")
    texts, _ = rendered(ROOT, dev, sources(ROOT))
    schemas = "".join(f"CREATE SCHEMA IF NOT EXISTS {name};\n" for name in ("RAW", "DWH", "MART", "ETL"))
    return (
        Clean("video", tuple((t.path.removesuffix(".j2"), t.text) for t in texts), dev.database),
        Clean("generated", (("schemas.sql", schemas), *unit(1).items()), "MADE"),
        *_examples(),
    )


def _examples() -> Iterator[Clean]:
    for rule in RULES:
        for number, (kind, text) in enumerate(sections(rule)):
            pieces = _FILE.split(text)
            names = ["case.sql", *pieces[1::2]]
            files = tuple((n, b.lstrip("\n")) for n, b in zip(names, pieces[0::2], strict=True) if b.strip())
            if kind != "bad" and files:
                yield Clean(f"{rule.name} {number}", files)


@dataclass(frozen=True)
class Edit:
    """One way to make a mistake; `in_projects` is False for statements that are no part of a project."""

    rule: str
    what: str
    find: str
    put: Put
    in_projects: bool = True

    def places(self, program: Clean, text: str) -> Iterator[tuple[str, int]]:
        for match in re.finditer(self.find, text, re.IGNORECASE | re.MULTILINE):
            made = match.groupdict().get("made")
            if made is not None and not program.makes(made):
                continue
            put = match.expand(self.put) if isinstance(self.put, str) else self.put(match)
            changed = text[: match.start()] + put + text[match.end() :]
            yield changed.replace("§", ""), changed.count("\n", 0, changed.find("§")) + 1


def misspelt(before: str, group: str = "made", after: str = "§") -> Put:
    """The last letter but one is typed twice."""
    return lambda m: m.expand(before) + m[group][:-1] + m[group][-2:] + after


TOP = r"(?:\A|(?<=;\n))(?=create\b)"
CHILD = r"^(\s*)(after [\w.]+)\b"
NAME = r"(?P<q>(?:\w+\.)*)(?P<made>[A-Za-z]\w*[A-Za-z]{2})\b"
PIPE = r"(create[^;]*\bpipe\b[^;]*copy into[^;]*?);"
TRANSFORM = r"(copy into [^;]*?from \(\s*select [^;()]*? from @[\w./%~]+)(\s*\))"
DYNAMIC = r"(create[^;]*dynamic table (?:if not exists )?[\w.]+)(\s[^;]*?)"
INSERT = r"(insert into (?P<made>[\w.]+) \("

EDITS: tuple[Edit, ...] = (
    Edit("SD008", "prose", TOP, "Now the next part of it§\n", in_projects=False),
    Edit("SD008", "a numbered heading", TOP, "2. Set up the rest§\n", in_projects=False),
    Edit("SD008", "a line of signs", TOP, "=== next part ===§\n", in_projects=False),
    Edit("SD009", "of one line", r"^((?:create (?:schema|warehouse|stage|stream|table|role)|alter task|use|grant|revoke|insert)\b[^;$\n]*);\n(?=\s*(?:create|alter|use|grant)\b)", r"\1§\n", in_projects=False),
    Edit("SD009", "behind a body", r"^(\$\$);\n(?=\s*(?:create|alter|use|grant)\b)", r"\1§\n", in_projects=False),
    Edit("SD010", "a comment", TOP + r"(?![\s\S]*\*/)", "/* to do§\n", in_projects=False),
    Edit("SD105", "a star", r"(insert into [^;]*?\bselect )(?:\w+, )+\w+( from [\w.]*stream\w*;)", r"\1*\2§"),
    Edit("SD113", "lower case", r"METADATA\$ACTION = 'INSERT'", "METADATA$ACTION = 'insert'§"),
    Edit("SD113", "as in a sentence", r"METADATA\$ACTION = 'DELETE'", "METADATA$ACTION = 'Delete'§"),
    Edit("SD115", "not insert-only", r"(create[^;]* on external table [^;\s]+) insert_only = true", r"\1§"),
    Edit("SD116", "another mode", r"^(create stream (?:if not exists )?)([\w.]+)([^;]*;)", r"\1\2\3" "\n" r"ALTER STREAM \2 SET APPEND_ONLY = TRUE;§", in_projects=False),
    Edit("SD207", "a schedule", CHILD, r"\1SCHEDULE = '5 MINUTES'§" "\n" r"\1\2"),
    Edit("SD209", "overlap", CHILD, r"\1ALLOW_OVERLAPPING_EXECUTION = TRUE§" "\n" r"\1\2"),
    Edit("SD209", "a config", CHILD, r"""\1CONFIG = '{"a": 1}'§""" "\n" r"\1\2"),
    Edit("SD214", "no unit", r"schedule = '(\d+) \w+'", r"SCHEDULE = '\1'§"),
    Edit("SD214", "days", r"schedule = '(\d+) \w+'", r"SCHEDULE = '\1 DAYS'§"),
    Edit("SD214", "zero", r"schedule = '\d+ \w+'", "SCHEDULE = '0 MINUTES'§"),
    Edit("SD214", "four fields", r"(using cron \S+ \S+ \S+ \S+) \S+ (\S+?)'", r"\1 \2'§"),
    Edit("SD214", "no zone", r"(using cron \S+ \S+ \S+ \S+ \S+) \S+?'", r"\1'§"),
    Edit("SD214", "hour 24", r"(using cron \S+) \S+ ", r"\1 24 §"),
    Edit("SD221", "a clock", r"^(\s*when system\$stream_has_data\([^)]*\))$", r"\1 AND HOUR(CURRENT_TIMESTAMP()) > 6§"),
    Edit("SD302", "one column", r"(when matched and \(?\s*\w+\.(?!\w*hash)\w+) is distinct from ", r"\1 <>§ "),
    Edit("SD402", "a filter", TRANSFORM, r"\1 WHERE $1 IS NOT NULL§\2"),
    Edit("SD402", "a limit", TRANSFORM, r"\1 LIMIT 10§\2"),
    Edit("SD403", "with a transform", r"(copy into [^;]*?from \(\s*select [^;]*? from @[^;]*?);", r"\1 MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;§"),
    Edit("SD404", "purge", PIPE, r"\1 PURGE = TRUE;§"),
    Edit("SD404", "force", PIPE, r"\1 FORCE = TRUE;§"),
    Edit("SD404", "validation", PIPE, r"\1 VALIDATION_MODE = RETURN_ERRORS;§"),
    Edit("SD408", "one more", r"(copy into [\w.]+ \([\w, ]+\)\s+from \(\s*select )([^;()]*?)( from @)", r"\1\2, $9§\3"),
    Edit("SD503", "no lag", DYNAMIC + r"target_lag = '[^']*'", r"\1§\2"),
    Edit("SD503", "no warehouse", DYNAMIC + r"warehouse = \w+", r"\1§\2"),
    Edit("SD503", "ten seconds", DYNAMIC + r"target_lag = '[^']*'", r"\1\2TARGET_LAG = '10 seconds'§"),
    Edit("SD601", "no colon", r"(delete from (?P<made>[\w.]+)\s+where \w+ [=<>] ):(\w+)", r"\1\3§"),
    Edit("SD605", "a table", r"^(\s*)commit;", r"\1CREATE TABLE IF NOT EXISTS RAW.BETWEEN_TWO (A NUMBER);§" "\n" r"\1COMMIT;"),
    Edit("SD606", "no commit", r"(begin transaction;(?:(?!create)[^$])*?)^\s*commit;\n((?:(?!begin transaction|else|end if)[^$])*?)^(\s*return )", r"\1\2\3§"),
    Edit("SD608", "ELSIF", r"^(\s*)if \((.*?)\) then\n(.*;)\n(\s*end if;)", r"\1IF (\2) THEN" "\n" r"\3" "\n" r"\1ELSIF (\2) THEN§" "\n" r"\3" "\n" r"\4"),
    Edit("SD608", "END IF of a FOR", r"^(\s*)end for;", r"\1END IF;§"),
    Edit("SD611", "misspelt", r"(?<=[\s(,]):(?P<name>[A-Za-z]\w{3,})\b(?!\s*=)", misspelt(":", "name")),
    Edit("SD612", "another handler", r"handler = '([\w.]+)'", r"HANDLER = '\1_all'§"),
    Edit("SD701", "a table", r"(?<!distinct )\b(from|join) (?P<q>(?:\w+\.)+)(?P<made>\w*[A-Za-z]{3})\b(?!\s*\()(?=[\s;)])", misspelt(r"\1 \g<q>")),
    Edit("SD701", "a procedure", rf"\bcall {NAME}(?=\()", misspelt(r"CALL \g<q>")),
    Edit("SD701", "a stream", rf"system\$stream_has_data\('{NAME}'\)", misspelt(r"SYSTEM$STREAM_HAS_DATA('\g<q>", after="')§")),
    Edit("SD701", "a stage", rf"\bfrom @{NAME}", misspelt(r"FROM @\g<q>")),
    Edit("SD701", "the source of a stream", rf"\bon table {NAME}(?=[\s;])", misspelt(r"ON TABLE \g<q>")),
    Edit("SD701", "a predecessor", rf"^(\s*)after {NAME}", misspelt(r"\1AFTER \g<q>")),
    Edit("SD706", "of a list", INSERT + r"\s*)(?P<name>\w{4,})\b", misspelt(r"\1", "name")),
    Edit("SD706", "of an update", r"(update (?P<made>[\w.]+)\s+set )(?P<name>\w{4,})(?= = )", misspelt(r"\1", "name")),
    Edit("SD706", "of a source", r"(merge into (?P<made>[\w.]+) [^;]*?= s\.)(?P<name>\w{4,})\b(?! = )", misspelt(r"\1", "name")),
    Edit("SD707", "one more", INSERT + r"[\w, \n]+\)\s+select )((?:[\w.]+, )*[\w.]+)( from )", r"\1\3, 1§\4"),
    Edit("SD707", "one less", r"(insert into (?P<made>[\w.]+) \()\w+, ([\w, ]+\)\s+select (?:[\w.]+, )*[\w.]+)( from )", r"\1\3§\4"),
    Edit("SD707", "in a MERGE", r"(insert\s*\([\w, ]+\)\s*values\s*\()\w+\.\w+, ((?:[\w.:]+, )*[\w.:]+\))", r"\1\2§"),
    Edit("SD804", "back again", r"^(create view (?:if not exists )?)([\w.]+)([^;']*;)", r"\1\2\3" "\n" r"UNDROP VIEW \2;§", in_projects=False),
    Edit("SD806", "shorter", r"^(create table (?:if not exists )?)([\w.]+)( \([^;]*?\b(\w+) varchar\(\d{2,}\)[^;]*;)", r"\1\2\3" "\n" r"ALTER TABLE \2 ALTER COLUMN \4 SET DATA TYPE VARCHAR(3);§", in_projects=False),
    Edit("SD901", "a password", TOP, "CREATE USER IF NOT EXISTS ETL_USER PASSWORD = 'h7Gd!k29Wq' DEFAULT_ROLE = R;§\n", in_projects=False),
    Edit("SD901", "keys of a stage", TOP, "CREATE STAGE IF NOT EXISTS RAW.S3X URL = 's3://b/x/' CREDENTIALS = (AWS_KEY_ID = 'AKIAQ4NXM7ZK2LDUVB3P' AWS_SECRET_KEY = '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');§\n"),
)  # fmt: skip


def verdicts(share: float = 1.0) -> Iterator[tuple[Edit, str, str]]:
    """Edit, where it was made, and what is wrong about the findings; `share` of the good examples, by a fixed draw."""
    draw = random.Random(4)
    for program in clean():
        if program.name not in SITES and draw.random() > share:
            continue
        before = {(f.rule, f.message) for f in program.found()}
        for edit in EDITS:
            if program.database and not edit.in_projects:
                continue
            places = [(i, *p) for i, (_, text) in enumerate(program.files) for p in edit.places(program, text)]
            draw.shuffle(places)
            for at, text, line in places[: SITES.get(program.name, 1)]:
                path = program.files[at][0]
                new = [f for f in program.found(at, text) if (f.rule, f.message) not in before]
                yield edit, f"{program.name}, {path}:{line}", _wrong(edit, path, line, new)


def _wrong(edit: Edit, path: str, line: int, new: list[Finding]) -> str:
    shown = ", ".join(f"{f.rule}:{f.where.line}" for f in new)
    if not any(f.rule == edit.rule and (f.where.path, f.where.line) == (path, line) for f in new):
        return f"not found ({shown or 'nothing'})"
    others = [f for f in new if f.severity == "error" and f.rule != edit.rule and (edit.rule, f.rule) not in BOTH]
    return f"also {', '.join(f'{f.rule}: {f.message}' for f in others)}" if others else ""


def main() -> None:
    count: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for edit, where, wrong in verdicts():
        kind = where.split(",")[0] if where.split(",")[0] in SITES else "examples"
        for key in ((edit.rule, ""), ("all", kind), ("all", "")):
            count[key] += 1
            found[key] += not wrong
        if wrong:
            print(f"{edit.rule} {edit.what} ({where}): {wrong}")  # noqa: T201
    for (rule, kind), number in sorted(count.items()):
        print(f"{rule} {kind:10} {found[rule, kind]:4} of {number:4}")  # noqa: T201
    sys.exit(found["all", ""] / count["all", ""] < 0.98)


if __name__ == "__main__":
    main()
