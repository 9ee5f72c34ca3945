-- COMMENT ON is another spelling of ALTER … SET COMMENT
CREATE TABLE t (a INT, b INT) CLUSTER BY LINEAR (a);
INSERT INTO t VALUES (1, 2);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW mv AS SELECT a FROM t;
CREATE PROCEDURE pr(x INT) RETURNS INT AS 'BEGIN RETURN 1; END';
COMMENT ON SCHEMA s IS 'where it lies';
COMMENT ON TABLE db.s.t IS 'it''s a table';
COMMENT ON MATERIALIZED VIEW mv IS $$kept$$;
COMMENT ON PROCEDURE pr(INT) IS 'called';
COMMENT ON COLUMN t.a IS 'of the table';
COMMENT ON COLUMN db.s.v.a IS 'of the view';
COMMENT IF EXISTS ON TABLE nothing IS 'x';
COMMENT ON TABLE nothing IS 'x';
-- ! 002003
COMMENT ON COLUMN t.c IS 'x';
-- ! invalid identifier 'C'
COMMENT ON TABLE t IS nothing;
-- ! expected a text
SHOW TABLES ->> SELECT "comment" FROM $1;
-- > it's a table
DESCRIBE TABLE t ->> SELECT "comment" FROM $1 WHERE "name" = 'A';
-- > of the table
DESCRIBE VIEW v ->> SELECT "comment" FROM $1;
-- > of the view
SHOW PROCEDURES ->> SELECT "description" FROM $1 WHERE "name" = 'PR';
-- > called

-- views: what of them can be altered
ALTER VIEW v ALTER COLUMN a COMMENT 'another';
ALTER VIEW v SET SECURE;
ALTER VIEW v SET CHANGE_TRACKING = TRUE COMMENT = 'all of it';
SHOW VIEWS ->> SELECT "name", "is_secure", "is_materialized", "change_tracking", "comment" FROM $1;
-- > MV | false | true | OFF | kept
-- > V | true | false | ON | all of it
DESCRIBE VIEW v ->> SELECT "comment" FROM $1;
-- > another
SELECT table_name, is_secure, view_definition, comment FROM INFORMATION_SCHEMA.VIEWS ORDER BY 1;
-- > MV | NO | CREATE MATERIALIZED VIEW mv AS SELECT a FROM t | kept
-- > V | YES | CREATE VIEW v AS SELECT a FROM t | all of it
ALTER VIEW v UNSET SECURE;
ALTER VIEW v UNSET COMMENT;
ALTER VIEW v DROP COLUMN a;
-- ! ALTER VIEW DROP COLUMN a
CREATE MASKING POLICY hide AS (x INT) RETURNS INT -> 0;
ALTER VIEW v MODIFY COLUMN a SET MASKING POLICY hide;
SELECT a FROM v;
-- ! which masking policy DB.S.HIDE masks
ALTER VIEW v MODIFY COLUMN a UNSET MASKING POLICY;
SELECT a FROM v;
-- > 1
SELECT table_name, row_count, clustering_key FROM INFORMATION_SCHEMA.TABLES ORDER BY 1;
-- > MV | NULL | NULL
-- > T | 1 | LINEAR(A)
-- > V | NULL | NULL
