"""Runs scripting blocks (reference E)."""

from snowpipe_deploy.local.interpreter.machine import Interpreter

__all__ = ["Interpreter"]
