CREATE TABLE t (id INT);
BEGIN;
INSERT INTO t VALUES (1);
INSERT INTO t SELECT 'x';
-- ! 100038
SELECT 1 / 0;
-- ! 100051
INSERT INTO t VALUES (2);
SELECT * FROM t ORDER BY id;
-- > 1
-- > 2
COMMIT;
SELECT COUNT(*) FROM t;
-- > 2
BEGIN;
INSERT INTO t VALUES (3);
SELECT missing FROM t;
-- ! 000904
MERGE INTO t USING (SELECT 3 AS id UNION ALL SELECT 3) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET id = 4;
-- ! 100090
UPDATE t SET id = id * 10 WHERE id = 3;
COMMIT;
SELECT * FROM t ORDER BY id;
-- > 1
-- > 2
-- > 30
BEGIN;
DELETE FROM t;
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 3
BEGIN;
INSERT INTO t VALUES (40);
CREATE TABLE ddl (id INT);
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 4
BEGIN;
TRUNCATE TABLE t;
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 4
-- unconfirmed: that TRUNCATE can be rolled back
BEGIN;
INSERT INTO t VALUES (50);
BEGIN;
ROLLBACK;
SELECT COUNT(*) FROM t;
-- > 4
COMMIT;
ROLLBACK;
CREATE PROCEDURE commits() RETURNS INT AS 'BEGIN COMMIT; RETURN 1; END';
BEGIN;
INSERT INTO t VALUES (60);
CALL commits();
-- ! Modifying a transaction that has started at a different scope is not allowed.
ROLLBACK;
CREATE PROCEDURE opens() RETURNS INT AS 'BEGIN BEGIN TRANSACTION; INSERT INTO t VALUES (70); RETURN 1; END';
CALL opens();
-- ! incomplete and it was rolled back
SELECT COUNT(*) FROM t;
-- > 4
CREATE PROCEDURE whole() RETURNS INT AS 'BEGIN BEGIN TRANSACTION; INSERT INTO t VALUES (80); COMMIT; RETURN 1; END';
CALL whole();
SELECT COUNT(*) FROM t;
-- > 5
CREATE PROCEDURE fails() RETURNS INT AS 'BEGIN BEGIN TRANSACTION; INSERT INTO t VALUES (90); LET x INT := 1 / 0; COMMIT; END';
CALL fails();
-- ! 100051
SELECT COUNT(*) FROM t;
-- > 5
BEGIN;
INSERT INTO t VALUES (100);
CALL whole();
-- ! not supported by the local account: BEGIN in a procedure
ROLLBACK;
SELECT COUNT(*) FROM t WHERE id = 100;
-- > 0
SELECT COUNT(*) FROM t WHERE id = 80;
-- > 1
START TRANSACTION;
INSERT INTO t VALUES (110);
COMMIT WORK;
SELECT COUNT(*) FROM t WHERE id = 110;
-- > 1
-- a transaction that goes on after a failed statement has what its statements were given before, and no other values
CREATE FUNCTION counted(n INT) RETURNS TABLE (i INT) LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'H' AS $$
class H:
    def process(self, n):
        for i in range(n):
            yield (i,)
$$;
CREATE TABLE given (i INT, place VARCHAR DEFAULT 'here');
BEGIN;
INSERT INTO given SELECT i, 'function' FROM TABLE(counted(3));
INSERT INTO given SELECT 1 / 0, '';
-- ! 100051
SELECT 7 AS i;
INSERT INTO given SELECT i, 'result' FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
SELECT 1 / 0;
-- ! 100051
COMMIT;
SELECT place, COUNT(*), SUM(i) FROM given GROUP BY place ORDER BY place;
-- > function | 3 | 3
-- > result | 1 | 7
CREATE STAGE files;
COPY INTO @files/two.csv FROM (SELECT * FROM VALUES (5), (6)) FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE) SINGLE = TRUE;
BEGIN;
INSERT INTO given SELECT $1::INT, 'file' FROM @files;
REMOVE @files;
SELECT 1 / 0;
-- ! 100051
COMMIT;
SELECT SUM(i) FROM given WHERE place = 'file';
-- > 11
CREATE SEQUENCE numbers;
CREATE TABLE numbered (id INT AUTOINCREMENT, token VARCHAR, drawn INT, at TIMESTAMP_TZ);
CREATE STREAM news ON TABLE numbered;
BEGIN;
INSERT INTO numbered (token, drawn, at) SELECT UUID_STRING(), numbers.NEXTVAL, '2024-05-01 10:00:00 +0200'::TIMESTAMP_TZ FROM TABLE(GENERATOR(ROWCOUNT => 3));
SET token = (SELECT MIN(token) FROM numbered);
SET drawn = (SELECT MAX(drawn) FROM numbered);
SELECT 1 / 0;
-- ! 100051
COMMIT;
SELECT COUNT(*), COUNT(DISTINCT token), MIN(id), MAX(at)::VARCHAR, MIN(token) = $token, MAX(drawn) = $drawn FROM numbered;
-- > 3 | 3 | 1 | 2024-05-01 10:00:00.000 +0200 | True | True
SELECT COUNT(*), COUNT(DISTINCT id), MIN(METADATA$ACTION) FROM news;
-- > 3 | 3 | INSERT
-- where that cannot be, nothing but ROLLBACK is possible
BEGIN;
UPDATE numbered SET token = UUID_STRING();
SELECT 1 / 0;
-- ! 100051
SELECT COUNT(*) FROM numbered;
-- ! ROLLBACK
COMMIT;
-- ! ROLLBACK
ROLLBACK;
SELECT MIN(token) = $token FROM numbered;
-- > True
