"""Finds plug-ins by the folder they lie in: the one piece of magic."""

import importlib
import pkgutil
from typing import TypeVar

T = TypeVar("T")


def modules(path: list[str]) -> tuple[str, ...]:
    """Names of the plug-in modules of a package, sorted; a leading underscore means "not a plug-in"."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(path) if not info.name.startswith("_")))


def collect(package: str, path: list[str], attribute: str, kind: type[T]) -> tuple[T, ...]:
    """The value called `attribute` of each plug-in module, checked for its type.

    Called only in the collected package's own `__init__`. A module without the attribute, or with another type,
    is a mistake of whoever wrote it and is said so at import.
    """
    found = []
    for name in modules(path):
        value = getattr(importlib.import_module(f"{package}.{name}"), attribute, None)
        if not isinstance(value, kind):
            raise TypeError(f"{package}.{name} has no {attribute} of type {kind.__name__}")
        found.append(value)
    return tuple(found)
