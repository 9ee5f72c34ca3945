-- what is inside stays what it is: rows, positions of streams, grants; a full name in a text is left as it was written
CREATE SCHEMA old;
CREATE TABLE t (id INT AUTOINCREMENT, v VARCHAR);
CREATE SEQUENCE q;
CREATE STREAM s ON TABLE t;
INSERT INTO t (v) VALUES ('a');
CREATE VIEW v AS SELECT v FROM t;
CREATE VIEW w AS SELECT v FROM v;
CREATE VIEW full_name AS SELECT v FROM DB.old.t;
CREATE ROLE reader;
GRANT SELECT ON VIEW v TO ROLE reader;
CREATE PROCEDURE p() RETURNS VARCHAR AS 'BEGIN LET x VARCHAR := (SELECT MAX(v) FROM t); RETURN x; END';
ALTER SCHEMA old RENAME TO new;
-- > Statement executed successfully.
SELECT CURRENT_SCHEMA();
-- > NEW
SELECT * FROM DB.new.t;
-- > 1 | a
INSERT INTO t (v) VALUES ('b');
SELECT id, v, METADATA$ACTION FROM s ORDER BY id;
-- > 1 | a | INSERT
-- > 2 | b | INSERT
SELECT COUNT(*) FROM w;
-- > 2
CALL p();
-- > b
SELECT q.NEXTVAL;
-- > 1
SELECT * FROM full_name;
-- ! 002003
SELECT * FROM DB.old.t;
-- ! 002003
SHOW GRANTS TO ROLE reader ->> SELECT "name" FROM $1 WHERE "privilege" = 'SELECT';
-- > DB.NEW.V
SHOW STREAMS ->> SELECT "table_name" FROM $1;
-- > DB.NEW.T
CREATE SCHEMA old;
ALTER SCHEMA old RENAME TO new;
-- ! 002002
ALTER SCHEMA DB.old RENAME TO OTHER.old;
-- ! not supported by the local account: moving a schema to another database
CREATE TASK k WAREHOUSE = w AS SELECT 1;
ALTER SCHEMA old RENAME TO newer;
-- ! not supported by the local account: ALTER SCHEMA … RENAME TO with task DB.OLD.K inside
DROP TASK k;
ALTER DATABASE DB RENAME TO DB_NEW;
-- > Statement executed successfully.
SELECT CURRENT_DATABASE(), CURRENT_SCHEMA();
-- > DB_NEW | OLD
SELECT COUNT(*) FROM new.w;
-- > 2
USE SCHEMA new;
INSERT INTO t (v) SELECT v FROM s;
SELECT COUNT(*) FROM s;
-- > 2
