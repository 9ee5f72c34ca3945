"""CREATE USER: every property is `WORD = value`."""

from snowpipe_deploy.sqltext.head import Clause, options, text_setting

CLAUSES = (text_setting("PASSWORD"), Clause("WITH TAG", options), Clause("TAG", options), text_setting("COMMENT"))
