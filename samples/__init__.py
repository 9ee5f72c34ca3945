"""Sample files for the demonstration pipeline, and what the pipeline must make of them."""
