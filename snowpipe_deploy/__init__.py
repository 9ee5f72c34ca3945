"""Deploys data pipelines that run inside Snowflake, and runs them on a laptop."""
