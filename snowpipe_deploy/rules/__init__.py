"""The lint rules, one a module."""

from snowpipe_deploy import registry
from snowpipe_deploy.rule import Rule

RULES: tuple[Rule, ...] = registry.collect(__name__, __path__, "RULE", Rule)
