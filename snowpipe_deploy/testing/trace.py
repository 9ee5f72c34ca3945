"""What ran in a test, as the account told it step by step and recorded it task by task."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Trace:
    """`steps`: (text of a block, line, column) of what was about to run; `tasks`: (name, state) of task runs."""

    steps: set[tuple[str, int, int]] = field(default_factory=set)
    tasks: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: "Trace") -> None:
        self.steps |= other.steps
        self.tasks |= other.tasks
