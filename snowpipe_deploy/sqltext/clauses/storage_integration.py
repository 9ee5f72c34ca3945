"""CREATE STORAGE INTEGRATION."""

from snowpipe_deploy.sqltext.head import Clause, options, setting, text_setting, value

# what the other side trusts cannot be altered
CLAUSES = (
    Clause("TYPE", value),
    Clause("STORAGE_PROVIDER", value),
    text_setting("STORAGE_AWS_ROLE_ARN"),
    text_setting("STORAGE_AWS_EXTERNAL_ID"),
    text_setting("STORAGE_AWS_OBJECT_ACL"),
    text_setting("AZURE_TENANT_ID"),
    setting("USE_PRIVATELINK_ENDPOINT"),
    setting("ENABLED"),
    Clause("STORAGE_ALLOWED_LOCATIONS", options, alter="SET STORAGE_ALLOWED_LOCATIONS = {value}"),
    Clause(
        "STORAGE_BLOCKED_LOCATIONS",
        options,
        alter="SET STORAGE_BLOCKED_LOCATIONS = {value}",
        unset="UNSET STORAGE_BLOCKED_LOCATIONS",
    ),
    text_setting("COMMENT"),
)
