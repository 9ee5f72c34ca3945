-- What a policy guards is refused also where a stream reads it, or where DML looks at its rows; a renamed policy guards on.
CREATE TABLE t (a INT, s VARCHAR);
INSERT INTO t VALUES (1, 'x'), (2, 'y');
CREATE STREAM changed ON TABLE t;
CREATE VIEW v AS SELECT a FROM t;
CREATE STREAM of_view ON VIEW v;
CREATE ROW ACCESS POLICY few AS (n INT) RETURNS BOOLEAN -> n = 1;
CREATE MASKING POLICY mask AS (v VARCHAR) RETURNS VARCHAR -> '*';
ALTER TABLE t ADD ROW ACCESS POLICY few ON (a);
DELETE FROM t;
-- ! not supported by the local account: changing rows of DB.S.T, which a policy guards
UPDATE t SET s = 'z';
-- ! which a policy guards
MERGE INTO t USING (SELECT 1 AS a) AS n ON t.a = n.a WHEN MATCHED THEN DELETE;
-- ! which a policy guards
INSERT INTO t VALUES (3, 'z');
SELECT COUNT(*) FROM changed;
-- ! reading DB.S.CHANGED, a stream on DB.S.T, which a policy guards
SELECT COUNT(*) FROM of_view;
-- ! a stream on DB.S.T, which a policy guards
ALTER ROW ACCESS POLICY few RENAME TO fewer;
DROP ROW ACCESS POLICY fewer;
-- ! 001492
SELECT COUNT(*) FROM t;
-- ! whose rows DB.S.FEWER
ALTER TABLE t DROP ROW ACCESS POLICY fewer;
DROP ROW ACCESS POLICY fewer;
ALTER TABLE t MODIFY COLUMN s SET MASKING POLICY mask;
ALTER MASKING POLICY mask RENAME TO masked;
DESCRIBE TABLE t ->> SELECT "policy name" FROM $1 WHERE "name" = 'S';
-- > DB.S.MASKED
DROP MASKING POLICY masked;
-- ! 001492
DELETE FROM t WHERE s = 'x';
-- ! which a policy guards
