"""Real clients of Snowflake against a server before the local account."""
