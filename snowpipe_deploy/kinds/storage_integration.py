"""Storage integrations: account-level, compared by their text; never replaced, for that breaks the trust of the other side."""

from snowpipe_deploy.kinds._integration import integration

KIND = integration(
    "STORAGE INTEGRATION", frozenset({"STORAGE_AWS_ROLE_ARN", "STORAGE_AWS_EXTERNAL_ID", "AZURE_TENANT_ID"})
)
