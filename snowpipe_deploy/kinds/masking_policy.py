"""Masking policies: the expression changes in place, the arguments never; what is masked with one is said by the table."""

from snowpipe_deploy.kinds._policy import policy_kind

KIND = policy_kind("MASKING POLICY", "MASKING POLICIES")
