"""One module a family of statements; each holds HANDLERS from (verb, kind) to a function."""

import importlib

from snowpipe_deploy import registry
from snowpipe_deploy.local.statements._common import Handler, lenient


def _collect() -> dict[tuple[str, ...], Handler]:
    merged: dict[tuple[str, ...], Handler] = {}
    for name in registry.modules(__path__):
        handlers: dict[tuple[str, ...], Handler] = importlib.import_module(f"{__name__}.{name}").HANDLERS
        if again := merged.keys() & handlers.keys():
            raise TypeError(f"{name}: {again} is handled twice")
        merged |= handlers
    return {
        key: lenient(handler) if key[0] == "ALTER" and len(key) == 2 else handler for key, handler in merged.items()
    }


HANDLERS = _collect()
