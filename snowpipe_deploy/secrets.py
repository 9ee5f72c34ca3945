"""Secrets: templates hold opaque markers, and an account between us and the real one puts the values in on the wire.

Nothing else ever has a value. Statements of a deployment carry a query tag: only in those a marker becomes its value. What we
write down of them (record, journal) carries no tag: there the marker gets a salted hash of the value, and comes back as the
marker alone where the value is the same today, as `<secret NAME, another value>` where it is not. So a secret that was
rotated is a clause that differs, and nobody above this module knows how.
"""

import difflib
import hashlib
import hmac
import json
import os
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NoReturn

from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.session import Account, Result, Session, SqlError
from snowpipe_deploy.sqltext.lexer import tokens

MARKER = re.compile(r"<secret ([A-Za-z_]\w*)(?:, another value| ([0-9a-f]{32}):([0-9a-f]{64}))?>")
SHORTEST = 8  # characters: anything shorter would be taken out of texts that only happen to hold it
_HINT = "a secret can only be put out, inside single quotes: '{{ secrets.NAME }}'"
_ROUNDS = 50_000  # of the hash: whoever reads the record cannot try many guesses


class Secret:
    """What `{{ secrets.NAME }}` is in a template. It can be put out, and nothing else: anything that is done with it raises
    TypeError."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def marker(self) -> str:
        return f"<secret {self._name}>"

    def refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(f"secret {self._name} is used otherwise than to put it out: {_HINT}")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        self.refuse()

    __str__ = __repr__ = __format__ = __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __call__ = (
        __hash__
    ) = refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = refuse
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = (
        refuse
    )
    __int__ = __float__ = __index__ = __neg__ = __pos__ = __pow__ = __rpow__ = __floordiv__ = __rfloordiv__ = refuse


class Names:
    """`secrets` in a template: an environment's secrets by name; an unknown one raises ValueError."""

    __slots__ = ("_known",)

    def __init__(self, names: Iterable[str]) -> None:
        self._known = {name: Secret(name) for name in names}

    def __getattr__(self, name: str) -> Secret:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Secret:
        if name not in self._known:  # no LookupError: Jinja would take the name for undefined
            close = difflib.get_close_matches(str(name), self._known, 1)
            known = f"did you mean {close[0]}?" if close else f"known: {', '.join(self._known) or 'none'}"
            raise ValueError(f"no secret {name!r} under [secrets]; {known}")
        return self._known[name]

    def __str__(self) -> str:
        raise TypeError(f"secrets is no value: {_HINT}")


def misplaced(text: str) -> Iterator[tuple[int, str]]:
    """Markers that no value can take the place of, with their offsets: those that are not in a literal in single quotes, or in
    one that is itself part of a literal or of a body, where it is not known how the value would be escaped."""
    if "<secret " not in text:
        return
    inside = {at for at, _ in _literal_markers(text)}
    for found in MARKER.finditer(text):
        if found.start() not in inside:
            yield found.start(), found[1]


def _literal_markers(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for token in tokens(text):
        if token.kind == "string":
            for found in MARKER.finditer(token.text):
                if token.text[1 : found.start()].count("''") % 2 == 0:
                    yield token.start + found.start(), found


def renewed(text: str) -> str:
    """A recorded text as it would be sent today: secrets have the value of today."""
    return MARKER.sub(r"<secret \1>", text)


def rotated(before: str, after: str) -> tuple[str, ...]:
    """The secrets by whose values alone two texts differ; none where they differ otherwise, too."""
    names = tuple(dict.fromkeys(m[1] for m in MARKER.finditer(before) if m[0].endswith("another value>")))
    return names if renewed(before) == after else ()


def values_of(names: Mapping[str, str]) -> dict[str, str]:
    """The values of secrets, from their environment variables; raises UsageError for one that cannot be kept out of texts."""
    found = {name: os.environ[variable] for name, variable in names.items()}
    for name, value in found.items():
        if len(value) < SHORTEST:
            raise UsageError(
                f"secret {name}: the value of {names[name]} has fewer than {SHORTEST} characters",
                hint="so short a text cannot be kept out of messages and of the record: use a longer one",
            )
    return found


class GuardedAccount:
    """An account whose sessions put secrets in and take them out; see `snowpipe_deploy.session.Account`."""

    def __init__(self, account: Account, values: Mapping[str, str]) -> None:
        self._account, self._keeper = account, _Keeper(values)

    def session(self) -> Session:
        return _GuardedSession(self._account.session(), self._keeper)

    def login(self) -> Session:
        return _GuardedSession(self._account.login(), self._keeper)

    def close(self) -> None:
        self._account.close()


class _GuardedSession:
    def __init__(self, session: Session, keeper: "_Keeper") -> None:
        self._session, self._keeper = session, keeper

    def execute(self, sql: str, tag: str = "") -> Result:
        failed: Exception
        try:
            wire = self._keeper.put_in(sql) if tag else self._keeper.hashed(sql)
            return self._keeper.taken_out(self._session.execute(wire, tag))
        except Exception as error:
            failed = self._keeper.masked_error(error)
            if failed is error:
                raise
        raise failed  # outside of the handler: the first error, which may hold a value, is not its context

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        failed: Exception
        try:
            answers = self._session.together([self._keeper.hashed(sql) for sql in statements])
            return [self._keeper.answer(found) for found in answers]
        except Exception as error:
            failed = self._keeper.masked_error(error)
            if failed is error:
                raise
        raise failed

    def cancel(self) -> None:
        self._session.cancel()

    def close(self) -> None:
        self._session.close()


class _Keeper:
    """The values, and nothing that shows them."""

    __slots__ = ("_digest", "_salt", "_shown", "_values")

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self._salt = os.urandom(16).hex()
        self._digest = lru_cache(maxsize=None)(self._digest_of)
        # the longest first: one value may be part of another
        shown = {form: f"<secret {name}>" for name, value in self._values.items() for form in _forms(value)}
        self._shown = dict(sorted(shown.items(), key=lambda item: -len(item[0])))

    def _digest_of(self, name: str, salt: str) -> str:
        return hashlib.pbkdf2_hmac("sha256", self._values[name].encode(), bytes.fromhex(salt), _ROUNDS).hex()

    def put_in(self, sql: str) -> str:
        """The statement with values for markers; raises DeployError for one that is unknown or stands where none can be put in."""
        if "<secret " not in sql:
            return sql
        for _, name in misplaced(sql):
            raise DeployError(f"secret {name} stands where its value cannot be put in", hint=_HINT)
        out, position = [], 0
        for at, found in _literal_markers(sql):
            if found[1] not in self._values:
                raise DeployError(f"secret {found[1]} is not under [secrets] of this environment", hint="add it there")
            out += [sql[position:at], _escaped(self._values[found[1]])]
            position = at + len(found[0])
        return "".join([*out, sql[position:]])

    def hashed(self, sql: str) -> str:
        """The statement with the hash of today's value in each marker that has none."""
        return MARKER.sub(self._with_hash, sql) if "<secret " in sql else sql

    def _with_hash(self, found: re.Match[str]) -> str:
        if found[2] or found[0].endswith("another value>") or found[1] not in self._values:
            return found[0]
        return f"<secret {found[1]} {self._salt}:{self._digest(found[1], self._salt)}>"

    def _compared(self, found: re.Match[str]) -> str:
        name, salt, digest = found.groups()
        if not salt:
            return found[0]
        same = name in self._values and hmac.compare_digest(self._digest(name, salt), digest)
        return f"<secret {name}>" if same else f"<secret {name}, another value>"

    def masked(self, text: str) -> str:
        for form, marker in self._shown.items():
            if form in text:
                text = text.replace(form, marker)
        return MARKER.sub(self._compared, text) if "<secret " in text else text

    def taken_out(self, found: Result) -> Result:
        """Rows in which values are markers again, and hashes are compared."""
        if not self._shown and not any(
            "<secret " in cell for row in found.rows for cell in row if isinstance(cell, str)
        ):
            return found
        rows = tuple(tuple(self.masked(cell) if isinstance(cell, str) else cell for cell in row) for row in found.rows)
        return replace(found, rows=rows)

    def answer(self, found: Result | SqlError) -> Result | SqlError:
        if isinstance(found, Result):
            return self.taken_out(found)
        masked = self.masked_error(found)
        return masked if isinstance(masked, SqlError) else found

    def masked_error(self, error: Exception) -> Exception:
        """The error itself, where nothing of it and of what caused it tells a value; else one that says the same without."""
        told = "".join(traceback.format_exception(error))
        if not any(form in told for form in self._shown):
            return error
        if isinstance(error, SqlError):
            return SqlError(
                error.errno,
                error.sqlstate,
                self.masked(error.text),
                query_id=error.query_id,
                may_have_run=error.may_have_run,
            )
        return DeployError(f"{type(error).__name__}: {self.masked(str(error))}")


def _escaped(value: str) -> str:
    """As it stands in a literal in single quotes; a backslash starts an escape in Snowflake."""
    return value.replace("\\", "\\\\").replace("'", "''")


def _forms(value: str) -> set[str]:
    """How a value may come back: as it is, as SQL, JSON or Python write it, and line by line."""
    whole = {
        value,
        _escaped(value),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        repr(value)[1:-1],
    }
    lines = {line for form in whole for line in form.splitlines()}
    return {form for form in whole | lines if len(form.strip()) >= SHORTEST}


def account_with(account: Account, names: Mapping[str, str]) -> Account:
    """The account, guarded; `names` are the environment's secrets. It stays open only if it can be."""
    try:
        return GuardedAccount(account, values_of(names))
    except BaseException:
        account.close()
        raise
