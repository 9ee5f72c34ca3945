"""Changes to a plan: passes in an order that has a meaning, one module each."""

from snowpipe_deploy.planner._draft import Draft
from snowpipe_deploy.planner.draft_actions import draft_actions
from snowpipe_deploy.planner.follow_imports import follow_imports
from snowpipe_deploy.planner.follow_replacements import follow_replacements
from snowpipe_deploy.planner.guard_pipes import guard_pipes
from snowpipe_deploy.planner.guard_positions import guard_positions
from snowpipe_deploy.planner.keep_account_objects import keep_account_objects
from snowpipe_deploy.planner.keep_foreign_objects import keep_foreign_objects
from snowpipe_deploy.planner.keep_offsets import keep_offsets
from snowpipe_deploy.planner.leave_task_graphs import leave_task_graphs
from snowpipe_deploy.planner.make_database import make_database
from snowpipe_deploy.planner.open_windows import open_windows
from snowpipe_deploy.planner.order_actions import order_actions
from snowpipe_deploy.planner.order_drops import order_drops
from snowpipe_deploy.planner.restore_grants import restore_grants
from snowpipe_deploy.planner.run_scripts import run_scripts
from snowpipe_deploy.planner.start_graphs import start_graphs
from snowpipe_deploy.planner.start_last import start_last
from snowpipe_deploy.planner.start_tasks import start_tasks
from snowpipe_deploy.planner.upload_files import upload_files

# Changes -> Changes first, then the actions, then passes that add only steps and edges, then one sort.
PASSES = (
    follow_replacements,
    follow_imports,
    keep_account_objects,
    keep_foreign_objects,
    draft_actions,
    order_drops,
    start_tasks,
    start_graphs,
    open_windows,
    start_last,
    guard_positions,
    keep_offsets,
    guard_pipes,
    upload_files,
    restore_grants,
    run_scripts,
    leave_task_graphs,
    make_database,
    order_actions,
)


def planned(draft: Draft) -> Draft:
    """The draft after all passes: its actions are in the order in which they run."""
    for step in PASSES:
        draft = step(draft)
    return draft


__all__ = ["PASSES", "Draft", "planned"]
