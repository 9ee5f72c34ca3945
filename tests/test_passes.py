"""Each planner pass is there for a reason: without it, deploy cases fail."""

from pathlib import Path

import pytest

from snowpipe_deploy import deploy, planner
from snowpipe_deploy.local.account import LocalAccount
from tests.test_deploy_cases import CASES, apply, described, project, read, same

# one case that shows what the pass is for; the sort and the drafting of actions are the plan itself
SHOWN_BY = {
    "follow_replacements": "a_table_that_was_dropped_takes_its_stream_along",
    "keep_account_objects": "a_warehouse_that_leaves_the_files_stays",
    "keep_foreign_objects": "a_schema_with_other_peoples_objects_stays",
    "draft_actions": "a_new_column_is_added_in_place",
    "order_drops": "a_table_that_becomes_a_view_makes_room_first",
    "start_tasks": "a_new_child_is_resumed_before_its_root",
    "start_graphs": "a_first_deployment_goes_from_the_ground_up",
    "start_last": "a_task_starts_after_what_it_uses",
    "follow_imports": "a_changed_import_makes_its_routine_again",
    "upload_files": "a_file_that_changed_is_uploaded_again",
    "guard_pipes": "a_changed_copy_replaces_the_pipe_when_it_is_empty",
    "guard_positions": "a_position_is_not_carried_across_modes",
    "keep_offsets": "a_stream_that_changes_its_mode_is_emptied_by_its_graph_first",
    "open_windows": "a_changed_task_body_is_altered_inside_a_window",
    "restore_grants": "a_replaced_sequence_gets_its_grants_back",
    "run_scripts": "a_script_runs_after_all_objects_and_only_once",
    "make_database": "the_database_is_made_first",
    "order_actions": "what_leaves_the_files_is_dropped_in_reverse_order",
}

# shown by tests of their own, which take them out too: no local account has what they are about
ELSEWHERE = {"leave_task_graphs": "test_task_graph_objects"}


def test_every_pass_is_shown_by_a_case() -> None:
    assert {step.__name__ for step in planner.PASSES} == {*SHOWN_BY, *ELSEWHERE}
    assert all((Path(__file__).parent / f"{name}.py").is_file() for name in ELSEWHERE.values())
    assert {path.stem for path in CASES} >= set(SHOWN_BY.values())


@pytest.mark.parametrize("name", SHOWN_BY)
def test_without_the_pass_its_case_fails(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read(next(path for path in CASES if path.stem == SHOWN_BY[name]))
    account = LocalAccount(tmp_path / "account")
    try:
        session = account.session()
        if case.database:
            session.execute("CREATE DATABASE CASE_DB")
        if case.current:
            apply(deploy.plan(project(case.current), session), account)
        for statement in case.by_hand:
            session.execute(statement)
        whole = deploy.plan(project(case.desired), session)
        assert same(described(whole), case.plan)
        monkeypatch.setattr(planner, "PASSES", tuple(p for p in planner.PASSES if p.__name__ != name))
        assert deploy.plan(project(case.desired), session).actions != whole.actions
    finally:
        account.close()
