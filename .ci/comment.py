"""Writes a file as the comment of a pull request on GitHub: the one that begins with the same first line, or a new one.

It reads GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN and PULL_REQUEST from the environment, and needs nothing but Python.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

PAGE = 100


def call(method: str, path: str, body: object = None) -> Any:
    """One request to the API; raises URLError (HTTPError with what GitHub said)."""
    base = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
        "Content-Type": "application/json",
    }
    payload = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}{path}", payload, headers, method=method)  # noqa: S310 - the API's address
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


def existing(place: str, marker: str) -> int | None:
    """The number of the comment that begins with the marker, looked for on all pages."""
    page = 1
    while comments := call("GET", f"{place}?per_page={PAGE}&page={page}"):
        for comment in comments:
            if str(comment["body"]).replace("\r\n", "\n").startswith(f"{marker}\n"):
                return int(comment["id"])
        if len(comments) < PAGE:
            break
        page += 1
    return None


def main(path: str) -> int:
    text = Path(path).read_text(encoding="utf-8")
    repository = f"/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    place = f"{repository}/{int(os.environ['PULL_REQUEST'])}/comments"
    try:
        number = existing(place, text.split("\n", 1)[0])
        if number is None:
            call("POST", place, {"body": text})
        else:
            call("PATCH", f"{repository}/comments/{number}", {"body": text})
    except urllib.error.URLError as error:
        # a pull request from a fork has a token that may only read: the plan is in the job's summary all the same
        sys.stdout.write(f"::warning title=snowdeploy::the comment could not be written: {error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
