"""What can happen to a file on its way: bytes to other bytes."""

import gzip
from collections.abc import Callable, Mapping

from snowpipe_deploy.errors import UsageError


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda content: b"".join(change(content.splitlines(keepends=True)))


def _records(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Changes each line but the first, its end left alone."""

    def changed(line: bytes) -> bytes:
        end = line[len(line.rstrip(b"\r\n")) :]
        return change(line.rstrip(b"\r\n")) + end

    return _lines(lambda lines: [*lines[:1], *map(changed, lines[1:])])


def _open_quote(lines: list[bytes]) -> list[bytes]:
    """The last field of the first record begins with a quote that is never closed."""
    if len(lines) < 2:
        return lines
    before, comma, last = lines[1].rpartition(b",")
    return [lines[0], before + comma + b'"' + last.lstrip(b'"').replace(b'"', b""), *lines[2:]]


def _not_utf8(content: bytes) -> bytes:
    """The first letter of the second line as Latin-1 would have it: a byte that no UTF-8 text has there."""
    begin = content.find(b"\n") + 1
    return content[:begin] + b"\xe9" + content[begin + 1 :]


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) * 2 // 3],
    "cut-archive": lambda content: gzip.compress(content, mtime=0)[:-12],
    "not-utf8": _not_utf8,
    "bom": lambda content: b"\xef\xbb\xbf" + content,
    "crlf": _lines(lambda lines: [line.rstrip(b"\r\n") + b"\r\n" for line in lines]),
    "no-header": _lines(lambda lines: lines[1:]),
    "field-missing": _records(lambda line: line.rpartition(b",")[0]),
    "field-more": _records(lambda line: line + b",more"),
    "open-quote": _lines(_open_quote),
}


def damaged(content: bytes, how: str) -> bytes:
    """The file after it; raises UsageError where there is no such damage, or it leaves the file as it is."""
    if how not in DAMAGES:
        raise UsageError(f"no such damage: {how}", hint=f"known: {', '.join(DAMAGES)}")
    made = DAMAGES[how](content)
    if made == content:
        raise UsageError(f"the damage {how!r} leaves this file as it is")
    return made
