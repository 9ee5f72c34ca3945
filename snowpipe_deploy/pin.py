"""The account that an environment belongs to: a plan for one must never meet another."""

from snowpipe_deploy.errors import RefusedError
from snowpipe_deploy.session import Session

_WHO = "SELECT CURRENT_ACCOUNT(), CURRENT_ORGANIZATION_NAME() || '-' || CURRENT_ACCOUNT_NAME()"


def refuse_other_account(session: Session, wanted: str) -> None:
    """Raises RefusedError unless the session is in the account that `[connection] account` names: its locator or ORG-NAME.

    The first statement of every login, so nothing of another account is read.
    """
    if not wanted:
        return
    row = session.execute(_WHO).rows[0]
    if _folded(wanted) not in {_folded(str(name)) for name in row}:
        raise RefusedError(
            f"connected to account {row[1]}, but this environment belongs to {wanted}: nothing was read",
            hint="look at [connection] name and account of the environment",
        )


def _folded(name: str) -> str:
    """An underscore of an account's name is a hyphen where it stands in a host name, so people write either."""
    return name.upper().replace("_", "-")
