"""CREATE ROLE."""

from snowpipe_deploy.sqltext.head import Clause, options, text_setting

CLAUSES = (Clause("WITH TAG", options), Clause("TAG", options), text_setting("COMMENT"))
