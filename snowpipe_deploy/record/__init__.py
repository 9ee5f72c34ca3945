"""What we keep in the account: deployed objects, the journal of every deployment, the lease."""
