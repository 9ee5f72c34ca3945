"""How Snowflake SQL text is read: shared by the deployer and the local account, which share nothing else."""
