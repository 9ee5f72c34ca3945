"""A few faults of the sweep (`benchmarks/faults.py` runs them all): whatever happens, the next apply ends as a clean one does."""

from pathlib import Path

import pytest

from tests.fault_sweep import FAULTS, End, differences, expected, prepare, trial


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, End, int]:
    """The account before, and the end of a clean run with the number of its statements."""
    base = tmp_path_factory.mktemp("sweep")
    prepare(base / "template")
    clean, stopped, sent = trial(base / "template", base / "clean", 0, "none")
    assert stopped == ""
    expected(clean)
    return base, clean, sent


@pytest.mark.xdist_group("sweep")
@pytest.mark.parametrize(("fault", "share"), [*zip(FAULTS, (0.3, 0.97, 0.6, 0.75, 0.2), strict=True)])
def test_a_fault_is_survived(swept: tuple[Path, End, int], fault: str, share: float) -> None:
    base, clean, sent = swept
    end, _, _ = trial(base / "template", base / "trial", round(share * sent), fault)
    assert differences(clean, end) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_at_every_statement(
    swept: tuple[Path, End, int], fault: str, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("takes an hour: --long")
    base, clean, sent = swept
    wrong = {
        at: found
        for at in range(1, sent + 1)
        if (found := differences(clean, trial(base / "template", base / "trial", at, fault)[0]))
    }
    assert wrong == {}
