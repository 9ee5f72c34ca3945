"""CREATE NOTIFICATION INTEGRATION: queues, e-mail and webhooks."""

from snowpipe_deploy.sqltext.head import Clause, options, setting, text_setting, value


def _list(word: str) -> Clause:
    return Clause(word, options, alter=f"SET {word} = {{value}}", unset=f"UNSET {word}")


# what the other side trusts cannot be altered
CLAUSES = (
    Clause("TYPE", value),
    setting("ENABLED"),
    Clause("DIRECTION", value),
    Clause("NOTIFICATION_PROVIDER", value),
    text_setting("AZURE_STORAGE_QUEUE_PRIMARY_URI"),
    text_setting("AZURE_EVENT_GRID_TOPIC_ENDPOINT"),
    text_setting("AZURE_TENANT_ID"),
    text_setting("GCP_PUBSUB_SUBSCRIPTION_NAME"),
    text_setting("GCP_PUBSUB_TOPIC_NAME"),
    text_setting("AWS_SNS_TOPIC_ARN"),
    text_setting("AWS_SNS_ROLE_ARN"),
    _list("ALLOWED_RECIPIENTS"),
    _list("DEFAULT_RECIPIENTS"),
    text_setting("DEFAULT_SUBJECT"),
    text_setting("WEBHOOK_URL"),
    setting("WEBHOOK_SECRET"),
    text_setting("WEBHOOK_BODY_TEMPLATE"),
    _list("WEBHOOK_HEADERS"),
    text_setting("COMMENT"),
)
