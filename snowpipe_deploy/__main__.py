"""python -m snowpipe_deploy."""

from snowpipe_deploy.cli._main import process

process()
