"""The kinds of object that can be deployed, one a module."""

from snowpipe_deploy import registry
from snowpipe_deploy.kind import Kind

KINDS: dict[str, Kind] = {kind.name: kind for kind in registry.collect(__name__, __path__, "KIND", Kind)}
