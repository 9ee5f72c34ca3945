"""Reads a million random texts: `python benchmarks/fuzz.py [N] [--seed S]`. Prints crashes, lost characters and the slowest text.

Texts are made of words of SQL, quotes, comments and random characters, and of the project's own files with pieces cut, doubled and
swapped. Each is read as a script is: tokens, statements, what stands between them, heads, bodies. Two processes share the work.
"""

import contextlib
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from snowpipe_deploy.analysis.program import from_texts
from snowpipe_deploy.analysis.uses import uses
from snowpipe_deploy.sqltext.clauses import head, reading
from snowpipe_deploy.sqltext.lexer import code, tokens
from snowpipe_deploy.sqltext.query import query_uses
from snowpipe_deploy.sqltext.recover import parts
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.templates import plain

CACHES = (tokens, code, parts, query_uses, uses, reading, head)
ROOT = Path(__file__).resolve().parent.parent
WORDS = [
    "begin", "end", "if", "then", "else", "elseif", "case", "when", "loop", "for", "do", "in", "while", "repeat",
    "until", "declare", "let", "return", "exception", "other", "raise", "as", ";", ";;", "$$", "'", '"', "(", ")",
    "--", "/*", "*/", "//", "\n", "\t", ",", ".", "..", ":", ":=", "::", "=>", "->", "->>", "=", "<>", "@s/a", "@~",
    "@%", "file:///x", "&v", "&{v}", "{{x}}", "{%if%}", "!", "!set", "create", "or", "replace", "alter", "task",
    "table", "view", "stream", "stage", "pipe", "procedure", "function", "dynamic", "on", "after", "finalize",
    "schedule", "=", "'1", "minute'", "warehouse", "w", "select", "insert", "into", "update", "set", "delete", "from",
    "merge", "using", "matched", "not", "null", "values", "with", "copy", "file_format", "(", "type", "csv", ")",
    "call", "p()", "execute", "immediate", "grant", "to", "role", "x", "y", "t.end", "\\", "é", "日", "\x00", "1",
    "1.5", "1e5", "returns", "int", "language", "sql", "javascript", "transaction", "commit", "rollback", "async",
    "await", "all", "resultset", "cursor", "open", "fetch", "close",
]  # fmt: skip


def one(rng: random.Random, sources: list[str]) -> str:
    match rng.randrange(4):
        case 0:
            return "".join(
                chr(rng.choice((rng.randrange(32, 127), rng.randrange(1, 0x3000)))) for _ in range(rng.randrange(60))
            )
        case 1 | 2:
            return rng.choice((" ", "", "\n")).join(rng.choice(WORDS) for _ in range(rng.randrange(40)))
        case _:
            text = rng.choice(sources)
            start = rng.randrange(len(text))
            piece = text[start : start + rng.randrange(400)]
            for _ in range(rng.randrange(1, 4)):
                at, other = rng.randrange(len(piece) + 1), rng.randrange(len(piece) + 1)
                piece = (
                    piece[:at]
                    + rng.choice((rng.choice(WORDS), piece[min(at, other) : max(at, other)], ""))
                    + piece[other:]
                )
            return piece


def read(text: str) -> str:
    """What goes wrong with a text; empty where nothing does."""
    if "".join(token.text for token in tokens(text)) != text:
        return "tokens lose characters"
    for pieces in (split(text), [part.piece for part in parts(text)]):
        at = 0
        for piece in pieces:
            between = text[at : piece.start]
            if not text.startswith(piece.text, piece.start) or any(
                t.text != ";" and t.kind not in {"space", "comment"} for t in tokens(between)
            ):
                return "a statement is not where it says, or something before it is lost"
            at = piece.start + len(piece.text)
        if any(t.text != ";" and t.kind not in {"space", "comment"} for t in tokens(text[at:])):
            return "the end is lost"
    program = from_texts([plain("a.sql", text)], in_project=False)
    for step in program.steps:
        program.uses(step)
    len(program.not_understood)
    return ""


def batch(seed: int, count: int) -> tuple[list[tuple[str, str]], float, str]:
    rng = random.Random(seed)  # noqa: S311 - random texts are no secrets
    sources = [p.read_text() for folder in ("sql", "templates", "tests/cases") for p in (ROOT / folder).rglob("*.sql*")]
    wrong, slowest, slow_text = [], 0.0, ""
    for _ in range(count):
        text = one(rng, sources)
        begun = time.perf_counter()
        try:
            found = read(text)
        except Exception as error:  # noqa: BLE001 - a crash of any kind is what is looked for
            found = f"{type(error).__name__}: {error}"
        took = time.perf_counter() - begun
        if took > slowest:  # once more: the machine may have been busy with something else
            for cache in CACHES:
                cache.cache_clear()
            begun = time.perf_counter()
            with contextlib.suppress(Exception):
                read(text)
            took = min(took, time.perf_counter() - begun)
        if found:
            wrong.append((found, text))
        if took > slowest:
            slowest, slow_text = took, text
    return wrong, slowest, slow_text


def main() -> None:
    count = int(next((a for a in sys.argv[1:] if a.isdigit()), "1000000"))
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    size = max(1, min(5000, count // 4))
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(batch, range(seed * 10**6, seed * 10**6 + count // size), [size] * (count // size)))
    wrong = [w for found, _, _ in results for w in found]
    slowest = max(results, key=lambda r: r[1])
    print(
        f"{count // size * size:,} texts in {time.perf_counter() - begun:.0f} s: {len(wrong)} crashes or lost characters"
    )
    print(f"slowest text: {slowest[1] * 1000:.0f} ms, {len(slowest[2])} characters")
    for found, text in wrong[:20]:
        print(f"  {found}: {text[:200]!r}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
