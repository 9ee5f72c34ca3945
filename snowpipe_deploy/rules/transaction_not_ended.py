"""A transaction that a body begins and does not end on every way out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.scripting import Block, Case, ForCount, ForEach, If, Node, Raise, Return, Sql, While

States = frozenset[bool]  # may the transaction be open (True), may it be closed (False)?
_CLOSED: States = frozenset({False})
_OPEN: States = frozenset({True})


@dataclass
class _Walk:
    """Follows the ways through a block; `leaks` are the places where it is left with a transaction open."""

    leaks: list[tuple[Node, bool]] = field(default_factory=list)
    began: Node | None = None
    opened: bool = False

    def sequence(self, nodes: tuple[Node, ...], states: States) -> States:
        for node in nodes:
            if not states:
                break
            states = self.node(node, states)
        return states

    def node(self, node: Node, states: States) -> States:
        match node:
            case Sql():
                return self.sql(node, states)
            case Return():
                if True in states:
                    self.leaks.append((node, states == _OPEN))
                return frozenset()
            case Raise():
                return frozenset()
            case If() | Case():
                ways = [self.sequence(body, states) for _, body in node.branches] + [
                    self.sequence(node.otherwise, states)
                ]
                return frozenset().union(*ways)
            case ForCount() | ForEach() | While():
                return states | self.sequence(node.body, states)
            case Block():
                return self.block(node, states)
            case _:
                return states

    def sql(self, node: Sql, states: States) -> States:
        words = [t.upper for t in code(node.text)[:3]]
        if words[:1] in (["COMMIT"], ["ROLLBACK"]) or (
            "EXECUTE" in words and any(w in node.text.upper() for w in ("COMMIT", "ROLLBACK"))
        ):
            return _CLOSED
        if words[:1] in (["CREATE"], ["DROP"], ["ALTER"]) and True in states:
            return _CLOSED
        if words[:1] == ["BEGIN"] or words[:2] == ["START", "TRANSACTION"]:
            self.began, self.opened = self.began or node, True
            return _OPEN
        return states

    def block(self, block: Block, states: States) -> States:
        before, self.opened = self.opened, False
        after = self.sequence(block.body, states)
        caught = states | _OPEN if self.opened else states
        self.opened = self.opened or before
        for handler in block.handlers:
            found = self.sequence(handler.body, caught)
            after |= found
        return after


_CHANGES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE", "CALL"})


def check(program: Program) -> Iterator[Hit]:
    yield from _in_blocks(program)
    yield from _in_scripts(program)


def _in_scripts(program: Program) -> Iterator[Hit]:
    """BEGIN; at the top of a file, changes, and neither COMMIT nor ROLLBACK nor DDL behind it."""
    began: Step | None = None
    changed = False
    for step in (*program.statements, None):
        if began is not None and (step is None or step.path != began.path):
            if changed:
                yield Hit(
                    "the transaction that begins here is not ended in this file",
                    began.statement.where,
                    "COMMIT at its end",
                    began.label,
                    "warning",
                )
            began = None
        if step is None:
            return
        words = [t.upper for t in code(step.statement.text)[:3]] if step.verb in {"BEGIN", "START"} else []
        if words[:2] in (["BEGIN", "TRANSACTION"], ["BEGIN", "WORK"], ["START", "TRANSACTION"]) or words == ["BEGIN"]:
            began, changed = began or step, False
        elif step.verb in {"COMMIT", "ROLLBACK", "CREATE", "ALTER", "DROP", "GRANT"}:
            began = None
        changed = changed or step.verb in _CHANGES


def _in_blocks(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        way = _Walk()
        left = way.node(scripted.block, _CLOSED)
        if way.began is None:
            continue
        step = scripted.step
        for node, certain in way.leaks:
            yield _hit(scripted, node, "RETURN leaves the transaction open", certain or _in_handler(scripted, node))
        if True in left and not way.leaks:
            yield _hit(
                scripted,
                way.began,
                f"the transaction that begins here is not ended on every way through {step.label}",
                left == _OPEN,
            )


def _in_handler(scripted: Scripted, node: Node) -> bool:
    return any(node in handler.body for handler in scripted.block.handlers)


def _hit(scripted: Scripted, node: Node, message: str, certain: bool) -> Hit:
    severity: Severity | None = None if certain else "warning"
    return Hit(
        message,
        scripted.where(node),
        "COMMIT, or ROLLBACK in the handler, on every way out",
        scripted.step.label,
        severity,
    )


RULE = Rule(
    "SD606", "transaction-not-ended", "error",
    "A transaction must end in the body in which it begins: what is open at its end is rolled back, and the call fails. A handler"
    " that does not RAISE needs a ROLLBACK.",
    check,
    bad="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    BEGIN TRANSACTION;
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    COMMIT;
    RETURN 'done';
EXCEPTION
    WHEN OTHER THEN
        RETURN SQLERRM; -- !
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    BEGIN TRANSACTION;
    DELETE FROM DWH.ORDERS WHERE ID = 1;
    COMMIT;
    RETURN 'done';
EXCEPTION
    WHEN OTHER THEN
        ROLLBACK;
        RAISE;
END;
$$;
""",
    source="H55",
)  # fmt: skip
