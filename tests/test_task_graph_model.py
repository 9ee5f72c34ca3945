"""Random task graphs under the frozen clock against the model: states, order, skips, retries, finalizer, versions."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError
from tests.task_graph_model import Graph, Model, Task


def random_graph(random: Random) -> Graph:
    names = [f"T{i:02}" for i in range(random.randrange(2, 13))]

    def outcomes() -> frozenset[int]:
        return frozenset(n for n in range(1, 12) if random.random() < 0.5) if random.random() < 0.2 else frozenset()

    # which of two siblings is first is not defined: not both, or what is executed would depend on it
    suspending, executing = random.choice([(0.1, 0.0), (0.0, 0.1)])
    tasks = [Task(names[0], fails=outcomes())]
    for i, name in enumerate(names[1:], start=1):
        after = tuple(sorted(random.sample(names[:i], min(i, random.choice([1, 1, 1, 2, 2, 3])))))
        rest = tuple(random.sample(names[1:], random.randrange(2)))
        tasks.append(
            Task(
                name, after, outcomes(), random.choice(["go", "go", "no"]), random.choice(["", "", "", *after]),
                (names[0], *rest) if random.random() < suspending else (), random.random() < executing,
            )
        )  # fmt: skip
    finalizer = Task("LAST", fails=outcomes()) if random.random() < 0.6 else None
    return Graph(
        tuple(tasks), random.random() < 0.95, finalizer, random.choice([0, 0, 1, 2]), random.choice([0, 1, 2, 3, 10])
    )


def body(graph: Graph, task: Task) -> str:
    root = graph.tasks[0].name
    first = [f"ALTER TASK {name} SUSPEND;" for name in task.suspends]
    first += [f"EXECUTE TASK {root};"] if task.executes else []
    fails = ", ".join(map(str, sorted(task.fails))) or "0"
    return (
        f"BEGIN INSERT INTO tries SELECT '{task.name}', COUNT(*) FROM tries;"
        f" LET n INT := (SELECT COUNT(*) FROM tries WHERE task = '{task.name}');"
        f" IF (n = 1) THEN {' '.join(first) or 'SELECT 1;'} END IF;"
        f" CALL SYSTEM$SET_RETURN_VALUE('{task.returns}');"
        f" SELECT 1 / IFF(:n IN ({fails}), 0, 1); END"
    )


def make(session: LocalSession, graph: Graph) -> None:
    session.execute("CREATE TABLE tries (task VARCHAR, n INT)")
    root, *children = graph.tasks
    session.execute(
        f"CREATE TASK {root.name} WAREHOUSE = w SCHEDULE = '1 MINUTE' TASK_AUTO_RETRY_ATTEMPTS = {graph.retries} "
        f"SUSPEND_TASK_AFTER_NUM_FAILURES = {graph.limit} WHEN {'1 = 1' if graph.root_when else '1 = 2'} AS {body(graph, root)}"
    )
    for task in children:
        when = f" WHEN SYSTEM$GET_PREDECESSOR_RETURN_VALUE('{task.when}') = 'go'" if task.when else ""
        session.execute(
            f"CREATE TASK {task.name} WAREHOUSE = w AFTER {', '.join(task.after)}{when} AS {body(graph, task)}"
        )
    if graph.finalizer is not None:
        session.execute(f"CREATE TASK LAST WAREHOUSE = w FINALIZE = {root.name} AS {body(graph, graph.finalizer)}")


def act(random: Random, account: LocalAccount, session: LocalSession, model: Model) -> str:
    """Does the same in both."""
    root, others = model.root, [t.name for t in model.graph.tasks[1:]] + ["LAST"] * (model.graph.finalizer is not None)
    verb = random.choices(["pass", "execute", "retry", "suspend", "resume", "toggle"], [5, 2, 3, 1, 3, 2])[0]
    match verb:
        case "pass":
            if root in model.started:
                model.execute("SCHEDULE")
            account.tick(account.now() + timedelta(minutes=1))
        case "execute":
            model.execute("EXECUTE_TASK")
            session.execute(f"EXECUTE TASK {root}")
        case "retry":
            if model.can_retry():
                model.retry()
                session.execute(f"EXECUTE TASK {root} RETRY LAST")
            else:
                with pytest.raises(SqlError, match="Cannot perform retry"):
                    session.execute(f"EXECUTE TASK {root} RETRY LAST")
        case "suspend" | "toggle":
            session.execute(f"ALTER TASK {root} SUSPEND")
            model.started.discard(root)
            for name in (
                random.sample(others, random.randrange(1, 4) if len(others) > 3 else 1) if verb == "toggle" else ()
            ):
                session.execute(f"ALTER TASK {name} {'SUSPEND' if name in model.started else 'RESUME'}")
                model.started ^= {name}
        case "resume":
            if root not in model.started:
                model.started.add(root)
                model.commit()
            session.execute(f"ALTER TASK {root} RESUME")
    model.work()
    account.settle()
    return verb


def check(session: LocalSession, schema: str, model: Model) -> None:
    history: dict[int, Counter[tuple[object, ...]]] = {}
    for group, *row in session.execute(
        "SELECT GRAPH_RUN_GROUP_ID::INT, NAME, STATE, ATTEMPT_NUMBER, SCHEDULED_FROM, GRAPH_VERSION FROM "
        f"TABLE(INFORMATION_SCHEMA.TASK_HISTORY(RESULT_LIMIT => 10000)) WHERE SCHEMA_NAME = '{schema}' AND STATE <> 'SCHEDULED'"
    ).rows:
        history.setdefault(int(str(group)), Counter())[tuple(row)] += 1
    assert [history[group] for group in sorted(history)] == [Counter(run.rows) for run in model.runs]
    states = session.execute(
        f'SHOW TASKS IN SCHEMA {schema} ->> SELECT "name" FROM $1 WHERE "state" = \'started\''
    ).rows
    assert {name for (name,) in states} == model.started
    tried = [str(name) for (name,) in session.execute("SELECT task FROM tries ORDER BY n").rows]
    after = {task.name: task.after for task in model.graph.tasks}
    for attempt in model.order:
        tried, one = tried[len(attempt) :], tried[: len(attempt)]
        assert Counter(one) == Counter(attempt)
        assert not any(one.index(p) > i for i, name in enumerate(one) for p in after.get(name, ()) if p in one)
    assert tried == []


def test_task_graphs_equal_the_model(account: LocalAccount, request: pytest.FixtureRequest) -> None:
    account.freeze()
    session = account.session()
    session.execute("CREATE DATABASE db")
    for seed in range(200 if request.config.getoption("--long") else 20):
        random, done = Random(seed), list[str]()
        model = Model(random_graph(random))
        session.execute(f"CREATE SCHEMA g{seed}")
        make(session, model.graph)
        for task in [*model.graph.tasks[1:], *filter(None, [model.graph.finalizer])]:
            if random.random() < 0.85:
                session.execute(f"ALTER TASK {task.name} RESUME")
                model.started.add(task.name)
        if random.random() < 0.8:
            session.execute(f"ALTER TASK {model.root} RESUME")
            model.started.add(model.root)
            model.commit()
        try:
            for _ in range(random.randrange(3, 8)):
                done.append(act(random, account, session, model))
            check(session, f"G{seed}", model)
        except BaseException:
            print(f"seed {seed}", model.graph, done, *model.runs, sep="\n")  # noqa: T201 - shown when the test fails
            raise
        session.execute(f"DROP SCHEMA g{seed}")
