"""CREATE FUNCTION: the same clauses as a procedure."""

from snowpipe_deploy.sqltext.clauses import procedure

CLAUSES = procedure.CLAUSES
ALSO = procedure.ALSO
