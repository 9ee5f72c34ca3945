"""Snowflake queries to DuckDB queries: names resolved, types known, every function on an allow-list."""
