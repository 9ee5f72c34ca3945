# Every target is a line over .ci/run or the command itself; each does its own set-up.
.PHONY: install demo test check format lock

install: ; @.ci/run install
demo: install ; @.venv/bin/python -m samples.demo
test: ; @.ci/run tests
check: ; @.ci/run
format: install ; @.venv/bin/ruff format . && .venv/bin/ruff check --fix .
lock: install ; @.venv/bin/pip-compile --quiet --all-extras --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --annotation-style=line --output-file requirements.lock pyproject.toml
