"""Notices that committed changes are gone, which the engine cannot know: it takes a log that ends early for one that was cut off
while a commit was being written, and a missing one for an empty one.

After each commit the seal beside the file says how long the engine's log was and its checksum, with a digest of the file's head, which
changes when the log is taken into the file. The log is on the disk before the seal is written: a seal may be older than the log, never
newer. Damage in the file itself is found by the engine's own checksums.
"""

import contextlib
import hashlib
import zlib
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

_HEAD = slice(4096, 12288)  # DuckDB's two database headers, one of which each checkpoint writes
_LENGTH = 16 + 8 + 4
# What this process has open: it must not open and close such a file once more, or it gives up the engine's lock on it (POSIX).
_OPEN: set[Path] = set()


class Seal:
    """Of one file of the engine, from before it is opened until `close`; `mark` reads what a commit has added to the log."""

    def __init__(self, file: Path) -> None:
        self._file, self._log = file, file.with_name(f"{file.name}.wal")
        self._path = file.with_name(f"{file.name}.seal")
        self.exists = self._path.exists()
        self._lock = Lock()
        self._known = (b"", 0, 0)  # the head, how much of the log was read, and its checksum
        self._handles: dict[Path, BinaryIO] = {}
        self._place = file.resolve()

    def problem(self) -> str:
        """What is gone, or an empty string; asked before the engine opens the file."""
        if self._place in _OPEN:
            return ""
        size = self._size()
        if not self._file.exists():
            return f"{self._file.name} is gone" if size or self.exists else ""
        kept = self._path.read_bytes() if self.exists else b""
        if len(kept) != _LENGTH or kept[:16] != self._head():
            return ""
        had = int.from_bytes(kept[16:24], "big")
        if had > size:
            return f"its newest changes are gone: {self._log.name} had {had} bytes and has {size or 'none'}"
        if had and self._checksum(0, had, 0).to_bytes(4, "big") != kept[24:]:
            return f"{self._log.name}, which holds its newest changes, is damaged"
        return ""

    def opened(self) -> None:
        """The engine has the file."""
        _OPEN.add(self._place)

    def mark(self) -> None:
        """After a commit. A disk that is full must not make it fail: an older seal only notices less."""
        with self._lock, contextlib.suppress(OSError):
            head = self._head()  # before the log: a checkpoint in between makes the seal old, not wrong
            size = self._size()
            before, read, checksum = self._known
            if before != head or read > size:
                read, checksum = 0, 0
            checksum = self._checksum(read, size, checksum)
            out = self._handle(self._path, "r+b" if self._path.exists() else "w+b")
            out.seek(0)
            out.write(head + size.to_bytes(8, "big") + checksum.to_bytes(4, "big"))
            self._known = (head, size, checksum)

    def close(self) -> None:
        """After the engine closed the file; with nothing left in the log there is nothing to seal."""
        for handle in self._handles.values():
            handle.close()
        self._handles = {}
        _OPEN.discard(self._place)
        if self._file.exists() and not self._log.exists():
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0

    def _handle(self, path: Path, mode: str = "rb") -> BinaryIO:
        if path not in self._handles:
            self._handles[path] = cast("BinaryIO", path.open(mode, buffering=0))
        return self._handles[path]

    def _head(self) -> bytes:
        file = self._handle(self._file)
        file.seek(_HEAD.start)
        return hashlib.md5(file.read(_HEAD.stop - _HEAD.start), usedforsecurity=False).digest()

    def _checksum(self, start: int, end: int, before: int) -> int:
        if start == end:
            return before
        with self._log.open("rb") as file:  # another one after each checkpoint
            file.seek(start)
            return zlib.crc32(file.read(end - start), before)
