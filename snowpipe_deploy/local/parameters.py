"""Parameters of objects: what one has of its own, and what it inherits from its schema and its database (reference A.2, B.6)."""

from snowpipe_deploy.local.catalog import Catalog, Entry
from snowpipe_deploy.names import ObjectName

# with the values that hold where nothing is set
OF_TASKS = {
    "USER_TASK_TIMEOUT_MS": "3600000", "SUSPEND_TASK_AFTER_NUM_FAILURES": "10", "TASK_AUTO_RETRY_ATTEMPTS": "0",
    "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS": "30", "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE": "MEDIUM",
    "SERVERLESS_TASK_MIN_STATEMENT_SIZE": "XSMALL", "SERVERLESS_TASK_MAX_STATEMENT_SIZE": "XXLARGE", "LOG_LEVEL": "OFF",
}  # fmt: skip
_DEFAULTS = {**OF_TASKS, "DATA_RETENTION_TIME_IN_DAYS": "1", "MAX_DATA_EXTENSION_TIME_IN_DAYS": "14"}


def parameter(catalog: Catalog, entry: Entry, name: str) -> tuple[str, str]:
    """The value that holds for an object, and the level it is set at: its kind, SCHEMA, DATABASE, or empty for the default."""
    own = entry.properties.get(name)
    if own is not None:
        return str(own), entry.kind
    for level, depth in (("SCHEMA", 2), ("DATABASE", 1)):
        above = catalog.find(level, ObjectName(entry.name.parts[:depth]))
        if above is not None and above.properties.get(name) is not None:
            return str(above.properties[name]), level
    return _DEFAULTS[name], ""


def number(catalog: Catalog, entry: Entry, name: str) -> int:
    return int(parameter(catalog, entry, name)[0])
