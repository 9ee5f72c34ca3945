"""The local account over HTTP, for clients of Snowflake: the protocol of its connectors, on loopback alone."""
