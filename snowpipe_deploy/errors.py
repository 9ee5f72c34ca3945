"""What goes wrong in a way that a person can mend: one base, shown as message, place and hint."""

from snowpipe_deploy.location import Location


class DeployError(Exception):
    """Caught once, at the rim, and shown without a traceback. `code` is the exit code that it stands for."""

    code = 1

    def __init__(self, message: str, *, hint: str | None = None, where: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class UsageError(DeployError):
    """Used wrongly: a missing environment, an unknown key, a wrong type."""

    code = 2


class RefusedError(DeployError):
    """A hazard was not allowed, or the basis of a plan moved."""

    code = 4


class LockedError(DeployError):
    """Another deployment holds the lease."""

    code = 5
