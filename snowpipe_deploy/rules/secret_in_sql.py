"""A password, key or token in the text of a file."""

import re
from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.secrets import MARKER
from snowpipe_deploy.sqltext.lexer import Token, code

# what a literal is the value of, where its content does not show it
_NAMED = frozenset({
    "PASSWORD", "AWS_SECRET_KEY", "AWS_KEY_ID", "AWS_TOKEN", "AZURE_SAS_TOKEN", "SECRET_STRING", "MASTER_KEY", "OAUTH_CLIENT_SECRET",
    "OAUTH_REFRESH_TOKEN", "CLIENT_SECRET", "API_KEY", "ACCESS_TOKEN", "OAUTH_TOKEN", "PRIVATE_KEY",
})  # fmt: skip
_SHOWN = (
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "an AWS key"),
    (re.compile(r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"), "a JSON web token"),
    (re.compile(r"-----BEGIN (?:\w+ )?PRIVATE KEY-----"), "a private key"),
    (re.compile(r"https://hooks\.slack\.com/services/T\w+/B\w+/\w{8,}"), "a webhook address"),
    (re.compile(r"https://[\w.]+\.webhook\.office\.com/webhookb2/[\w-]{20,}"), "a webhook address"),
    (re.compile(r"[?&]sv=\d{4}-\d\d-\d\d&\S*sig=[\w%+/=-]{20,}"), "an Azure SAS token"),
    (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"), "a GitHub token"),
    (re.compile(r"\bsk-[A-Za-z0-9_-]{32,}\b"), "an API key"),
)  # fmt: skip
_IN_CODE = re.compile(
    r"\b(?:password|passwd|api_key|secret_key)[\"']?\s*[=:]\s*[\"']([^\"'\s{}<$]{6,})[\"']", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"<[^>]*>|\{\{|\$\{|^\$|^\[.*\]$|__|\*{3}|\.{3}|x{3,}|your|\bmy\b|example|placeholder|change.?me|replace|insert|dummy|redacted|secret_?key$|todo|enter|fill"
    r"|^(?:aws|azure|sas|access|token|secret|key|id|password|pwd|pass|user|string|value|here|hidden|none|null|[_\-\s])+$|^&|^:|^%",
    re.IGNORECASE,
)  # fmt: skip


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        told = False
        tokens = code(step.statement.text)
        for i, token in enumerate(tokens):
            if token.kind in {"string", "dollar", "quoted"} and (found := _secret(tokens, i, step)) and not told:
                told = True
                yield _hit(step, token, *found)


def _hit(step: Step, token: Token, what: str, severity: Severity | None, at: int) -> Hit:
    return Hit(
        f"{step.label}: {what} stands in the file", step.at(token.start + at),
        "a storage integration, a secret object filled by hand, or a value that is passed in at deployment", step.label, severity,
    )  # fmt: skip


def _secret(tokens: tuple[Token, ...], index: int, step: Step) -> tuple[str, Severity | None, int] | None:
    """What a literal gives away, how sure that is, and where in it."""
    text = tokens[index].value
    name = tokens[index - 2].upper if index > 1 and tokens[index - 1].text == "=" else ""
    if name in _NAMED and tokens[index].kind == "string":
        if not text.strip() or (
            name == "AWS_KEY_ID"
            and len(tokens) > index + 1
            and tokens[index + 1].upper == "AWS_SECRET_KEY"
            and _is_placeholder(text)
        ):
            return None
        if "__" in text or "{{" in text or MARKER.fullmatch(text):
            return None
        what = "the password of a user" if name == "PASSWORD" and step.kind == "USER" else name
        return what, _severity(text, step), 0
    if (
        tokens[index].kind == "dollar"
        and (match := _IN_CODE.search(tokens[index].text))
        and not _is_placeholder(match[1])
    ):
        return "a password", "warning", match.start()
    for pattern, what in _SHOWN:
        match = pattern.search(tokens[index].text)
        if match and not re.search(r"EXAMPLE|XXXX|0000000", match[0], re.IGNORECASE):
            return what, None, match.start()
    return None


def _severity(text: str, step: Step) -> Severity | None:
    if _is_placeholder(text):
        return "info"
    return "warning" if re.search(r"MUST_CHANGE_PASSWORD\s*=\s*TRUE", step.statement.text, re.IGNORECASE) else None


def _is_placeholder(text: str) -> bool:
    return bool(_PLACEHOLDER.search(text)) or len(set(text)) < 3


RULE = Rule(
    "SD901", "secret-in-sql", "error",
    "Whoever can read the repository, or the query history, has the secret from then on, and taking it out of the file does not take it"
    " out of the history. Change it, and pass it in.",
    check,
    bad="""
CREATE STAGE IF NOT EXISTS RAW.FILES URL = 's3://bucket/orders/'
CREDENTIALS = (AWS_KEY_ID = 'AKIAQ3EGRS7TYHZ5KLMN' AWS_SECRET_KEY = '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'); -- !
CREATE USER IF NOT EXISTS LOADER PASSWORD = 'Winter2024!'; -- !
""",
    good="""
CREATE STAGE IF NOT EXISTS RAW.FILES URL = 's3://bucket/orders/' STORAGE_INTEGRATION = S3;
CREATE USER IF NOT EXISTS LOADER TYPE = SERVICE RSA_PUBLIC_KEY = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A';
""",
    source="H45",
)  # fmt: skip
