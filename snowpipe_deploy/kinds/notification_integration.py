"""Notification integrations: account-level, compared by their text; never replaced, for that breaks the trust of the other side."""

from snowpipe_deploy.kinds._integration import integration

KIND = integration(
    "NOTIFICATION INTEGRATION",
    frozenset({"AWS_SNS_ROLE_ARN", "AZURE_TENANT_ID", "GCP_PUBSUB_SUBSCRIPTION_NAME", "GCP_PUBSUB_TOPIC_NAME"}),
)
