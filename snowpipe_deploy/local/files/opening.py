"""The bytes of a stage file as they were before they were packed, and its text."""

import bz2
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files.formats import PACKED, FileFormat, encoding

_UNKNOWN = {".zst": "ZSTD", ".br": "BROTLI"}
_CHUNK = 1 << 22


def packing(path: str, form: FileFormat) -> str:
    """GZIP, BZ2 …, or NONE: as COMPRESSION says, and with AUTO by the end of the file's name."""
    given = form.of("COMPRESSION").upper()
    if given not in {"AUTO", ""}:
        return given
    suffix = Path(path).suffix.lower()
    if suffix in _UNKNOWN:
        raise unsupported(f"COMPRESSION = {_UNKNOWN[suffix]} ({path})")
    return next((name for name, end in PACKED.items() if end and end == suffix), "NONE")


def is_at_hand(file: Path, packed: str) -> bool:
    """Can the engine open the file by itself, going by the end of its name as it lies here?"""
    return packed in {"GZIP", "NONE"} and (file.suffix == ".gz") == (packed == "GZIP") and file.suffix != ".zst"


# of a file that the account knows and the disk does not
GONE = "a file of the stage is gone from the folder of the local account: PUT it again"


@contextmanager
def unpacked(file: Path, packed: str) -> Iterator[Iterator[bytes]]:
    """The bytes in pieces; 100016 where the file is cut off or packed in another way."""
    with _opened(file) as source:
        try:
            yield _pieces(source, packed)
        except (OSError, EOFError, zlib.error) as error:
            raise sql_error(
                "load", f"The file cannot be decompressed: it is cut off or no {packed.lower()} file"
            ) from error


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise sql_error("load", GONE) from error


def _pieces(source: IO[bytes], packed: str) -> Iterator[bytes]:
    if packed in {"DEFLATE", "RAW_DEFLATE"}:
        inflate = zlib.decompressobj(-15 if packed == "RAW_DEFLATE" else 15)
        while piece := source.read(_CHUNK):
            yield inflate.decompress(piece)
        yield inflate.flush()
        return
    stream = source
    if packed == "GZIP":
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=source))
    elif packed == "BZ2":
        stream = bz2.BZ2File(source)
    while piece := stream.read(_CHUNK):
        yield piece


def text(file: Path, packed: str, form: FileFormat) -> str:
    """The whole text. A byte that is not of its encoding is a lone surrogate, or U+FFFD with REPLACE_INVALID_CHARACTERS."""
    with unpacked(file, packed) as pieces:
        content = b"".join(pieces)
    replaces = form.is_on("REPLACE_INVALID_CHARACTERS") or form.is_on("IGNORE_UTF8_ERRORS")
    name = encoding(form)
    found = content.decode(name, "replace" if replaces or name != "utf-8" else "surrogateescape")
    return found.removeprefix("\ufeff") if form.of("SKIP_BYTE_ORDER_MARK").upper() != "FALSE" else found
