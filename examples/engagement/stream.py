"""Sends batches of events, as if they were happening now, and shows the dashboard catch up.

`python stream.py [--batches 5] [--records 100] [--delay 70]`, from this folder, after `snowdeploy apply --env dev`. On Snowflake give
`--connection NAME`, an entry of connections.toml.
"""

import argparse
import time
from typing import Any

DASHBOARD = "SELECT ACTIVE_MEMBERS, TOTAL_SESSIONS, TOTAL_ENGAGEMENT_HOURS, MOST_POPULAR_TOPIC FROM ENGAGEMENT.ENGAGEMENT_DASHBOARD"


def insert_batch(connection: Any, records: int) -> int:
    """Adds so many events of the last day; gives the number of all that there are."""
    cursor = connection.cursor()
    cursor.execute(
        "INSERT INTO ENGAGEMENT.RAW_INTERACTIONS (MEMBER_ID, EVENT_DATA) "
        f"SELECT MEMBER_ID, EVENT_DATA FROM TABLE(ENGAGEMENT.GEN_INTERACTIONS({records}, 1))"
    )
    return int(cursor.execute("SELECT COUNT(*) FROM ENGAGEMENT.RAW_INTERACTIONS").fetchone()[0])


def stream(connection: Any, batches: int, records: int, delay: float) -> None:
    for number in range(1, batches + 1):
        total = insert_batch(connection, records)
        print(f"batch {number}/{batches}: {records} events more, {total} in all", flush=True)
        if number < batches:
            time.sleep(delay)
        print("  dashboard:", connection.cursor().execute(DASHBOARD).fetchone(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=5)
    parser.add_argument("--records", type=int, default=100)
    parser.add_argument("--delay", type=float, default=70, help="seconds; the dashboard is at most a minute old")
    parser.add_argument("--connection", help="an entry of connections.toml; left out, the local account of dev")
    given = parser.parse_args()
    if given.connection:
        import snowflake.connector

        connection = snowflake.connector.connect(connection_name=given.connection, database="ENGAGEMENT")
    else:
        from snowpipe_deploy import local

        connection = local.connect(".snowdeploy/dev", database="ENGAGEMENT_DEV")
    with connection:
        stream(connection, given.batches, given.records, given.delay)


if __name__ == "__main__":
    main()
