-- reference B.4
CREATE TABLE t (id INT);
CREATE TABLE a (id INT);
CREATE TABLE b (id INT);
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (1), (2);
-- proves B.4 "In an explicit transaction all statements see the same stream content"
-- proves B.4 "both see the same rows; offset moves once, at COMMIT."
-- proves B.4 "the start time of the consuming transaction, not the commit time"
-- proves B.11 "On COMMIT set the offset of each stream read by a DML of the transaction to the transaction's start version."
BEGIN TRANSACTION;
INSERT INTO a SELECT id FROM st;
INSERT INTO b SELECT id FROM st;
INSERT INTO t VALUES (3);
SELECT COUNT(*) FROM st;
-- > 2
COMMIT;
SELECT (SELECT COUNT(*) FROM a), (SELECT COUNT(*) FROM b);
-- > 2 | 2
-- proves B.4 "| Read | SELECT never advances. |"
SELECT id FROM st;
-- > 3
-- proves B.4 "| Failure/rollback | no advance |"
BEGIN;
INSERT INTO a SELECT id FROM st;
ROLLBACK;
SELECT id FROM st;
-- > 3
INSERT INTO a SELECT 'x' FROM st;
-- ! 100038
SELECT id FROM st;
-- > 3
-- proves B.4 "every statement is its own transaction: the second reading DML in a BEGIN..END block sees an empty (or newer) stream"
-- proves B.4 "Multiple consumers: one stream per consumer."
BEGIN
  INSERT INTO a SELECT id FROM st;
  INSERT INTO b SELECT id FROM st;
END;
SELECT (SELECT COUNT(*) FROM a), (SELECT COUNT(*) FROM b);
-- > 3 | 2
-- proves B.4 "is DDL: commits an open transaction first, then consumes the stream in its own transaction."
INSERT INTO t VALUES (4);
CREATE TABLE c AS SELECT id FROM st;
SELECT id FROM c;
-- > 4
SELECT COUNT(*) FROM st;
-- > 0
INSERT INTO t VALUES (5);
CREATE TEMPORARY TABLE d AS SELECT id FROM st;
SELECT COUNT(*) FROM st;
-- > 0
-- proves B.4 "Any DML (or CTAS / COPY INTO <location>) whose query reads the stream and whose transaction commits."
INSERT INTO t VALUES (6);
DELETE FROM a USING st WHERE a.id = st.id;
SELECT COUNT(*) FROM st;
-- > 0
INSERT INTO t VALUES (7);
UPDATE a SET id = st.id FROM st WHERE a.id = st.id;
SELECT COUNT(*) FROM st;
-- > 0
INSERT INTO t VALUES (8);
MERGE INTO a USING st ON a.id = st.id WHEN NOT MATCHED THEN INSERT (id) VALUES (st.id);
-- > 1
SELECT COUNT(*) FROM st;
-- > 0
-- proves B.4 "| CREATE VIEW over stream, CREATE TASK naming it | no effect on offset |"
INSERT INTO t VALUES (9);
CREATE VIEW vw AS SELECT id FROM st;
SELECT id FROM vw;
-- > 9
INSERT INTO a SELECT id FROM vw;
SELECT COUNT(*) FROM st;
-- > 0
INSERT INTO t VALUES (10);
INSERT INTO a SELECT id FROM (SELECT id FROM st) q WHERE id IN (SELECT id FROM st);
-- > 1
INSERT INTO t VALUES (11);
DELETE FROM a WHERE id IN (SELECT id FROM st);
SELECT COUNT(*) FROM st;
-- > 0
-- proves B.4 "| EXPLAIN, cursors FOR SELECT, RESULTSET | no advance |"
INSERT INTO t VALUES (12);
BEGIN
  LET c CURSOR FOR SELECT id FROM st;
  OPEN c;
  LET r RESULTSET := (SELECT id FROM st);
  RETURN 1;
END;
SELECT id FROM st;
-- > 12
BEGIN;
INSERT INTO a SELECT id FROM st;
CREATE TABLE e (id INT);
ROLLBACK;
SELECT COUNT(*) FROM st;
-- > 0
-- a view over a stream that was made again consumes the new one
CREATE OR REPLACE STREAM st ON TABLE t;
INSERT INTO t VALUES (13);
INSERT INTO a SELECT id FROM vw;
-- > 1
SELECT COUNT(*) FROM st;
-- > 0
DROP STREAM st;
CREATE STREAM st ON TABLE t;
INSERT INTO t VALUES (14);
WITH q AS (SELECT id FROM vw) SELECT id FROM q;
-- > 14
CREATE TABLE from_view AS SELECT id FROM vw;
SELECT COUNT(*) FROM st;
-- > 0
