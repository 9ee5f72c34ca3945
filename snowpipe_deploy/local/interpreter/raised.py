"""What leaves a statement of a block by another way than its end: exceptions, RETURN, BREAK and CONTINUE."""

from snowpipe_deploy.local.errors import is_refusal
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.scripting import Position


class Raised(Exception):
    """A scripting exception on its way: a declared one, or a failed statement or expression."""

    def __init__(self, name: str, number: int, state: str, text: str, at: Position) -> None:
        super().__init__(text)
        self.name, self.number, self.state, self.text, self.at = name, number, state, text, at
        self.beyond: object = None  # the block whose handler it left: no other handler of that block takes it

    @property
    def refusal(self) -> bool:
        return is_refusal(self.plain())

    def plain(self) -> SqlError:
        return SqlError(self.number, self.state, self.text)

    def uncaught(self) -> SqlError:
        """What a client sees: the number of the error, the type and place before its words (reference E.5)."""
        kind = {"STATEMENT_ERROR", "EXPRESSION_ERROR"}
        where = f"on line {self.at.line} at position {self.at.column}"
        state = self.state if self.name in kind else "P0001"
        return SqlError(self.number, state, f"Uncaught exception of type '{self.name}' {where} : {self.text}")


class Return(Exception):
    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class Jump(Exception):
    def __init__(self, label: str, *, leaves: bool) -> None:
        super().__init__()
        self.label, self.leaves = label, leaves
