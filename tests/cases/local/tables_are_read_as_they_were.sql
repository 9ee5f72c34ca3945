-- reference B.1, F: within what the change log of a table holds
-- clock 2026-03-01 10:00:00
CREATE TABLE t (id INT, v VARCHAR);
CREATE TABLE sink (id INT);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
CREATE STREAM st ON TABLE t;
-- clock 2026-03-01 10:10:00
INSERT INTO t VALUES (3, 'c');
-- clock 2026-03-01 10:20:00
UPDATE t SET v = 'B' WHERE id = 2;
DELETE FROM t WHERE id = 1;
-- clock 2026-03-01 10:30:00
SELECT id, v FROM t AT (TIMESTAMP => '2026-03-01 10:05:00'::TIMESTAMP_LTZ) ORDER BY id;
-- > 1 | a
-- > 2 | b
SELECT id, v FROM t AT (OFFSET => -15 * 60) AS x WHERE x.id > 1 ORDER BY id;
-- > 2 | b
-- > 3 | c
SELECT COUNT(*) FROM t BEFORE (TIMESTAMP => '2026-03-01 10:10:00'::TIMESTAMP_LTZ);
-- > 2
SELECT COUNT(*) FROM t AT (TIMESTAMP => '2026-03-01 10:10:00'::TIMESTAMP_LTZ);
-- > 3
SELECT COUNT(*) FROM t AT (STREAM => 'st');
-- > 2
SELECT COUNT(*) FROM t AT (TIMESTAMP => '2026-03-01 09:00:00'::TIMESTAMP_LTZ);
-- ! not supported by the local account: AT
SELECT COUNT(*) FROM sink AT (OFFSET => -1);
-- ! not supported by the local account: AT (OFFSET => -1): the changes of table DB.S.SINK that are kept do not reach back to it
SELECT COUNT(*) FROM t BEFORE (STATEMENT => LAST_QUERY_ID());
-- ! not supported by the local account: BEFORE (STATEMENT => …)
-- refuses B.7 "gives deltas without a stream (no offset); needs CHANGE_TRACKING"
SELECT * FROM t CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -60);
-- ! not supported by the local account
CREATE TABLE back_then CLONE t AT (TIMESTAMP => '2026-03-01 10:05:00'::TIMESTAMP_LTZ);
SELECT id, v FROM back_then ORDER BY id;
-- > 1 | a
-- > 2 | b
-- refuses B.1 "{TIMESTAMP => ts | OFFSET => -secs | STATEMENT => 'qid' | STREAM => 'name'}"
CREATE STREAM earlier ON TABLE t AT (OFFSET => -900);
SELECT id, v, METADATA$ACTION FROM earlier;
-- > 1 | a | DELETE
-- > 2 | b | DELETE
-- > 2 | B | INSERT
CREATE STREAM just_before ON TABLE t BEFORE (TIMESTAMP => '2026-03-01 10:10:00'::TIMESTAMP_LTZ) APPEND_ONLY = TRUE;
SELECT id FROM just_before;
-- > 3
CREATE STREAM by_statement ON TABLE t AT (STATEMENT => 'x');
-- ! not supported by the local account: AT (STATEMENT => …)
CREATE STREAM first_one ON TABLE sink AT (OFFSET => -1);
-- ! not supported by the local account
CREATE OR REPLACE TABLE t CLONE t AT (OFFSET => -1500);
SELECT COUNT(*) FROM t;
-- > 2
-- an altered table is not shown with the columns it has now
CREATE STREAM s2 ON TABLE sink;
INSERT INTO sink VALUES (1);
-- clock 2026-03-01 10:40:00
ALTER TABLE sink ADD COLUMN w INT;
SELECT COUNT(*) FROM sink AT (OFFSET => -60);
-- ! has had other columns since
