"""The allow-list of functions and operators: what is not here is refused by name. One family a module."""

import importlib

from snowpipe_deploy import registry
from snowpipe_deploy.local.query.translation import Rules


def _merge() -> Rules:
    merged: Rules = {}
    for name in registry.modules(__path__):
        rules: Rules = importlib.import_module(f"{__name__}.{name}").RULES
        if again := merged.keys() & rules.keys():
            raise TypeError(f"{name}: {again} has a rule in another family")
        merged |= rules
    return merged


RULES: Rules = _merge()
