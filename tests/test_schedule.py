"""Schedules: compared by value, due by the clock of their zone."""

from datetime import UTC, datetime, timedelta

import pytest

from snowpipe_deploy.schedule import parse_schedule

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "after", "due"),
    [
        ("60 MINUTES", NOON + timedelta(minutes=59), NOON + timedelta(minutes=60)),
        ("1 h", NOON + timedelta(minutes=60), NOON + timedelta(minutes=120)),
        ("USING CRON 0 */6 * * * UTC", NOON, datetime(2026, 3, 1, 18, tzinfo=UTC)),
        ("using cron 30 2 * * * Europe/Berlin", NOON, datetime(2026, 3, 2, 1, 30, tzinfo=UTC)),
        # 29 March 2026: 02:30 does not exist in Berlin; 25 October: it exists twice
        (
            "using cron 30 2 * * * Europe/Berlin",
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
        ),
        (
            "using cron 30 2 * * * Europe/Berlin",
            datetime(2026, 10, 25, 0, 0, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        (
            "using cron 30 2 * * * Europe/Berlin",
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        ),
        # day of month and day of week both restricted: one or the other
        ("using cron 0 0 13 * 5 UTC", NOON, datetime(2026, 3, 6, tzinfo=UTC)),
    ],
)
def test_the_next_due_time(text: str, after: datetime, due: datetime) -> None:
    assert parse_schedule(text).next_after(after, NOON) == due


def test_equal_by_value() -> None:
    assert parse_schedule("10 M") == parse_schedule("10 minutes") == parse_schedule("600 seconds")


@pytest.mark.parametrize(
    "text",
    ["5 seconds", "often", "USING CRON * * * * UTC", "USING CRON 0 0 * * * Mars/Base", "USING CRON 99 0 * * * UTC"],
)
def test_what_is_no_schedule_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_schedule(text)
