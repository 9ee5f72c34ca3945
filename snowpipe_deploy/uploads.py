"""What lies under files/<schema>/<stage>/ in a project belongs onto that stage."""

import hashlib
from pathlib import Path

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import STAGE_FILE, Finding, ObjectKey, SqlObject, Upload
from snowpipe_deploy.names import ObjectName

FOLDER = "files"
_CHUNK = 1 << 20


def found(root: Path) -> tuple[Upload, ...]:
    """Every file below the folder, by path; hidden ones are left out. Raises DeployError where a folder is no name."""
    folder = root / FOLDER
    paths = sorted(
        p for p in folder.rglob("*") if p.is_file() and not any(n.startswith(".") for n in p.relative_to(folder).parts)
    )
    return tuple(_upload(folder, path) for path in paths)


def _upload(folder: Path, path: Path) -> Upload:
    parts = path.relative_to(folder).parts
    shown = f"{FOLDER}/{'/'.join(parts)}"
    if len(parts) < 3:
        raise DeployError(f"{shown} lies on no stage", hint=f"{FOLDER}/<schema>/<stage>/…", where=Location(shown))
    try:
        stage = ObjectName.parse(".".join(parts[:2]))
    except ValueError as error:
        raise DeployError(str(error), where=Location(shown)) from error
    return Upload(
        ObjectKey(STAGE_FILE, stage, f"/{'/'.join(parts[2:])}"), str(path.resolve()), _digest(path), Location(shown)
    )


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            made.update(chunk)
    return made.hexdigest()


def problems(uploads: tuple[Upload, ...], objects: tuple[SqlObject, ...]) -> list[Finding]:
    """Files whose stage the project does not make, or that is outside of Snowflake."""
    stages = {thing.key.name: thing for thing in objects if thing.key.kind == "STAGE"}
    wrong: dict[ObjectName, Finding] = {}
    for upload in uploads:
        stage = stages.get(upload.key.name)
        if stage is None:
            message, hint = f"stage {upload.key.name} is not made by the project", f"create stage {upload.key.name}"
        elif "URL" in stage.reading:
            message, hint = (
                f"stage {upload.key.name} is external: nothing can be put on it",
                "put the files there with its own tools",
            )
        else:
            continue
        wrong.setdefault(upload.key.name, Finding("SD006", "unsupported", "error", message, upload.where, hint))
    return list(wrong.values())
