"""PUT and GET: the client moves the files itself, to and from addresses of ours that hold for one file each.

To a client this account lies in the cloud whose files have signed addresses: there every file has one of its own, so that
what is uploaded is on the stage as soon as the upload has ended. The first PUT that a client sends names a path of its own
disk, maybe with wildcards; what its files will be called (a.csv.gz) it knows after that, and asks for the address of each by a PUT
of the bare name.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePath

from snowpipe_deploy.local import stage_files
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.server.messages import Reply, Request
from snowpipe_deploy.local.server.sessions import Client
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.local.stage_files import StageFile
from snowpipe_deploy.local.statements.stages import Transfer, arrived, chosen, target, transfer
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import code

_KEPT = 10_000  # addresses; the oldest stop to work
# headers that clients of that cloud look for in an address before they send them
_SIGNED = "X-Goog-SignedHeaders=host%3Bx-goog-if-generation-match%3Bx-goog-meta-sfc-digest"
_GZIP, _GZIPPED = b"\x1f\x8b", (".gz", ".tgz")
_MANY = frozenset("*?")


@dataclass(frozen=True, slots=True)
class _Address:
    """One file on a stage that a client may write (`put` is its command), or read."""

    client: Client
    stage: Entry
    path: str
    put: Transfer | None = None
    file: StageFile | None = None

    def names(self, content: bytes) -> bool:
        """Is this the address of the very file? A client that sends gzip, or one of many files, knows its name only later."""
        if self.put is None or _MANY & set(self.put.location):
            return False
        return not (self.put.compress and content.startswith(_GZIP) and not self.path.endswith(_GZIPPED))


class Files:
    """The addresses that were given out."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[str, _Address] = OrderedDict()

    def transfer(self, client: Client, text: str, host: str) -> dict[str, object]:
        """What the client needs to do a PUT or GET; runs on the session's thread."""
        session = client.session
        made = transfer(session, Head(text, code(text)[0].upper))
        session.last_query_id = session.new_query_id()
        if code(text)[0].upper == "PUT":
            return self._upload(client, made, host)
        return self._download(client, made, chosen(session, made), host)

    def _upload(self, client: Client, made: Transfer, host: str) -> dict[str, object]:
        name = PurePath(made.location.replace("\\", "/")).name
        url = self._url(host, _Address(client, made.stage, target(made, name), made))
        return {
            **_common(client.session, made), "command": "UPLOAD", "src_locations": [made.location],
            "stageInfo": _stage(url), "autoCompress": made.compress, "overwrite": made.overwrite,
            "sourceCompression": "auto_detect", "clientShowEncryptionParameter": False,
        }  # fmt: skip

    def _download(self, client: Client, made: Transfer, files: list[StageFile], host: str) -> dict[str, object]:
        urls = [self._url(host, _Address(client, made.stage, file.path, file=file)) for file in files]
        return {
            **_common(client.session, made), "command": "DOWNLOAD", "localLocation": made.location,
            "src_locations": [stage_files.label(made.stage, file.path) for file in files], "presignedUrls": urls,
            "stageInfo": _stage(""),
        }  # fmt: skip

    def _url(self, host: str, address: _Address) -> str:
        key = secrets.token_urlsafe(24)
        self._addresses[key] = address
        while len(self._addresses) > _KEPT:
            self._addresses.popitem(last=False)
        return f"http://{host}/files/{key}?{_SIGNED}"

    def write(self, request: Request, key: str) -> Reply:
        """An upload: 400 where the client has to ask for the file's own address, 412 where a file is there already that it
        does not want replaced."""
        address = self._addresses.get(key)
        if address is None or address.put is None:
            return Reply(status=404)
        if not address.names(request.body):
            return Reply(status=400)
        new_only = request.headers.get("x-goog-if-generation-match") == "0"
        stored = address.client.worker.submit(_store, address, request.body, new_only=new_only).result()
        return Reply(status=200 if stored else 412)

    def read(self, _: Request, key: str) -> Reply:
        address = self._addresses.get(key)
        if address is None or address.file is None or not address.file.file.is_file():
            return Reply(status=404)
        return Reply(address.file.file.read_bytes(), headers={"Content-Type": "application/octet-stream"})


def _store(address: _Address, content: bytes, *, new_only: bool) -> bool:
    session, path = address.client.session, address.path
    with session.shared.lock:
        there = next((f for f in stage_files.files(session, address.stage, path) if f.path == path), None)
        if there is not None and new_only:
            return False
        file = stage_files.store(session, address.stage, path, content)
        if there is not None and address.put is not None and not address.put.overwrite and there.md5 != file.md5:
            return False  # connector 4 does not ask whether the file is there
        arrived(session, address.stage, file)
    return True


def _common(session: LocalSession, made: Transfer) -> dict[str, object]:
    return {"queryId": session.last_query_id, "parallel": made.parallel, "encryptionMaterial": None, "threshold": 0,
            "statementTypeId": 0x7000, "uploadInfo": None}  # fmt: skip


def _stage(url: str) -> dict[str, object]:
    return {"locationType": "GCS", "location": "stage/", "path": "stage/", "region": "local", "storageAccount": None,
            "isClientSideEncrypted": False, "creds": {}, "presignedUrl": url, "endPoint": None}  # fmt: skip
