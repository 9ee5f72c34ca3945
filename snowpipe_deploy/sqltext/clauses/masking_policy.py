"""CREATE MASKING POLICY: all of it stands behind AS."""

from snowpipe_deploy.sqltext.head import Clause

CLAUSES: tuple[Clause, ...] = ()
