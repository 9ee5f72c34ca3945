"""Sessions on several threads share one account, and do not disturb each other."""

import sys
import threading
from pathlib import Path

from snowpipe_deploy.local.account import LocalAccount


def test_sessions_on_several_threads_read_and_change_at_once(tmp_path: Path) -> None:
    account = LocalAccount(tmp_path / "account", asleep=True)
    session = account.session()
    session.execute("CREATE DATABASE D")
    session.execute("CREATE TABLE D.PUBLIC.T (ID NUMBER)")
    broken: list[BaseException] = []

    def work(number: int) -> None:
        own = account.session()
        try:
            for n in range(30):
                own.execute(f"INSERT INTO D.PUBLIC.T VALUES ({number * 100 + n})")
                own.execute(f"CREATE OR REPLACE VIEW D.PUBLIC.V{number} AS SELECT ID + {n} AS ID FROM D.PUBLIC.T")
                block = (
                    f"BEGIN LET n NUMBER := {n} + 1; IF (n > {n}) THEN RETURN n * 2; END IF; RETURN 'wrong {n}'; END"
                )
                assert str(own.execute(block).scalar()) == str(2 * n + 2)
                assert own.execute(f"SELECT MIN(ID) >= {n} FROM D.PUBLIC.V{number}").scalar() is True
        except BaseException as error:  # noqa: BLE001 - handed to the test's thread
            broken.append(error)

    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(0.005)
    assert broken == []
    assert session.execute("SELECT COUNT(*), COUNT(DISTINCT ID) FROM D.PUBLIC.T").rows == ((120, 120),)
    account.close()
