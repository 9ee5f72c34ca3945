"""A Snowflake account in this process, on DuckDB: what it knows it does as Snowflake does, the rest it refuses."""
