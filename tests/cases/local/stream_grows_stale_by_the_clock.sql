-- reference B.6
-- clock 2026-03-01 00:00:00
CREATE TABLE t (id INT);
CREATE TABLE sink (id INT);
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (1);
-- proves B.6 "stale_after = last consumption + max(DATA_RETENTION_TIME_IN_DAYS, MAX_DATA_EXTENSION_TIME_IN_DAYS) of the source."
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD'), "stale" FROM $1;
-- > 2026-03-15 | false
ALTER TABLE t SET MAX_DATA_EXTENSION_TIME_IN_DAYS = 3;
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD') FROM $1;
-- > 2026-03-04
ALTER TABLE t SET DATA_RETENTION_TIME_IN_DAYS = 5;
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD') FROM $1;
-- > 2026-03-06
ALTER TABLE t UNSET DATA_RETENTION_TIME_IN_DAYS, MAX_DATA_EXTENSION_TIME_IN_DAYS;
ALTER SCHEMA s SET MAX_DATA_EXTENSION_TIME_IN_DAYS = 2;
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD') FROM $1;
-- > 2026-03-03
-- proves B.6 "| Offset older than retention | stale; must be recreated |"
-- clock 2026-03-02 23:00:00
SELECT id FROM st;
-- > 1
INSERT INTO sink SELECT id FROM st;
-- > 1
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD HH24') FROM $1;
-- > 2026-03-04 23
INSERT INTO t VALUES (2);
-- clock 2026-03-05 00:00:00
SELECT id FROM st;
-- ! Stream DB.S.ST is stale: its offset was valid until 2026-03-04 23:00:00. Recreate the stream.
INSERT INTO sink SELECT id FROM st;
-- ! is stale
-- proves B.6 "stale_after is a prediction, the column stale tells"
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD'), "stale", "invalid_reason" <> 'N/A' FROM $1;
-- > 2026-03-04 | true | True
CREATE STREAM other ON TABLE t AT (STREAM => 'st');
-- ! is stale
CREATE OR REPLACE STREAM st ON TABLE t;
SELECT COUNT(*) FROM st;
-- > 0
-- proves B.6 "SYSTEM$STREAM_HAS_DATA returning FALSE on an empty stream, or an (empty) consuming DML, pushes it forward."
-- clock 2026-03-06 00:00:00
SELECT SYSTEM$STREAM_HAS_DATA('st');
-- > False
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD') FROM $1;
-- > 2026-03-08
-- clock 2026-03-07 00:00:00
INSERT INTO sink SELECT id FROM st WHERE FALSE;
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD') FROM $1;
-- > 2026-03-09
INSERT INTO t VALUES (3);
-- clock 2026-03-08 00:00:00
SELECT SYSTEM$STREAM_HAS_DATA('st');
-- > True
SHOW STREAMS ->> SELECT TO_VARCHAR("stale_after", 'YYYY-MM-DD') FROM $1;
-- > 2026-03-09
