"""Row access policies: the expression changes in place, the arguments never."""

from snowpipe_deploy.kinds._policy import policy_kind

KIND = policy_kind("ROW ACCESS POLICY", "ROW ACCESS POLICIES")
