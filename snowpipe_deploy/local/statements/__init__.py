"""One module a family of statements; each holds HANDLERS from (verb, kind) to a function."""

import importlib
from collections.abc import Callable

from snowpipe_deploy import registry
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.sqltext.head import Head

Handler = Callable[[Runner, Head], Answer]


def _collect() -> dict[tuple[str, ...], Handler]:
    merged: dict[tuple[str, ...], Handler] = {}
    for name in registry.modules(__path__):
        handlers: dict[tuple[str, ...], Handler] = importlib.import_module(f"{__name__}.{name}").HANDLERS
        if again := merged.keys() & handlers.keys():
            raise TypeError(f"{name}: {again} is handled twice")
        merged |= handlers
    return merged


HANDLERS = _collect()
