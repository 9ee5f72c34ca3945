-- reference B.8
CREATE TABLE facts (id INT, k INT, v VARCHAR);
CREATE TABLE dims (k INT, name VARCHAR);
INSERT INTO dims VALUES (1, 'one'), (2, 'two');
INSERT INTO facts VALUES (1, 1, 'a'), (2, 2, 'b');
CREATE VIEW plain AS SELECT id, UPPER(v) AS v FROM facts WHERE k < 10;
CREATE VIEW joined (id, label) AS SELECT f.id, d.name || f.v FROM facts AS f JOIN dims AS d ON f.k = d.k;
CREATE VIEW both AS SELECT id, v FROM plain UNION ALL SELECT k, name FROM dims;
CREATE VIEW nested AS SELECT n.* FROM both AS n WHERE n.id <> 99;
CREATE VIEW inline AS SELECT q.id FROM (SELECT id, k FROM facts WHERE k = 1) AS q, dims AS d WHERE q.k = d.k;
-- proves B.1 "| ON VIEW v | same as table. Secure views allowed |"
-- proves B.8 "Projections, filters, inner/cross joins, UNION ALL, nested views of that kind, system scalar functions, over native tables."
CREATE STREAM s_plain ON VIEW plain;
CREATE STREAM s_joined ON VIEW joined;
CREATE STREAM s_both ON VIEW both;
CREATE STREAM s_nested ON VIEW nested;
CREATE STREAM s_inline ON VIEW inline;
CREATE SECURE VIEW hidden AS SELECT id FROM facts;
CREATE STREAM s_hidden ON VIEW hidden;
SELECT (SELECT COUNT(*) FROM s_plain), (SELECT COUNT(*) FROM s_joined), (SELECT COUNT(*) FROM s_nested);
-- > 0 | 0 | 0
INSERT INTO facts VALUES (3, 1, 'c'), (4, 20, 'd');
UPDATE facts SET v = 'B' WHERE id = 2;
DELETE FROM facts WHERE id = 1;
SELECT id, METADATA$ACTION, METADATA$ISUPDATE FROM s_hidden;
-- > 1 | DELETE | False
-- > 3 | INSERT | False
-- > 4 | INSERT | False
SELECT id, v, METADATA$ACTION, METADATA$ISUPDATE FROM s_plain;
-- > 1 | A | DELETE | False
-- > 3 | C | INSERT | False
SELECT id, label, METADATA$ACTION, METADATA$ISUPDATE FROM s_joined;
-- > 1 | onea | DELETE | False
-- > 2 | twoB | INSERT | True
-- > 2 | twob | DELETE | True
-- > 3 | onec | INSERT | False
-- proves B.8 "ROW_IDs of view streams differ from table streams."
SELECT COUNT(DISTINCT METADATA$ROW_ID), MIN(LENGTH(METADATA$ROW_ID)) FROM s_joined WHERE id = 2;
-- > 1 | 40
SELECT id, v, METADATA$ACTION FROM s_nested;
-- > 1 | A | DELETE
-- > 3 | C | INSERT
SELECT id, METADATA$ACTION FROM s_inline;
-- > 1 | DELETE
-- > 3 | INSERT
-- proves B.8 "Join delta = L×ΔR + ΔL×R + ΔL×ΔR → one update on a dimension row yields many pairs."
CREATE TABLE sink (id INT, t VARCHAR);
INSERT INTO sink SELECT id, label FROM s_joined;
-- > 4
SELECT COUNT(*) FROM s_joined;
-- > 0
INSERT INTO facts VALUES (5, 1, 'e'), (6, 1, 'f');
INSERT INTO sink SELECT id, label FROM s_joined WHERE FALSE;
UPDATE dims SET name = 'eins' WHERE k = 1;
SELECT id, label, METADATA$ACTION, METADATA$ISUPDATE FROM s_joined;
-- > 3 | onec | DELETE | True
-- > 3 | einsc | INSERT | True
-- > 5 | onee | DELETE | True
-- > 5 | einse | INSERT | True
-- > 6 | onef | DELETE | True
-- > 6 | einsf | INSERT | True
-- proves B.7 "false positives possible (net-zero changes, view streams whose base changed without affecting the view)"
INSERT INTO sink SELECT id, label FROM s_joined WHERE FALSE;
INSERT INTO facts VALUES (7, 77, 'no dimension');
SELECT COUNT(*) FROM s_joined;
-- > 0
SELECT SYSTEM$STREAM_HAS_DATA('s_joined');
-- > True
-- proves B.7 "Error for view streams."
SELECT SYSTEM$STREAM_GET_TABLE_TIMESTAMP('s_joined');
-- ! it is on a view
-- a transaction sees the same rows until it ends, and not what it does itself
BEGIN;
INSERT INTO dims VALUES (77, 'late');
UPDATE dims SET name = 'late' WHERE k = 77;
INSERT INTO facts VALUES (8, 1, 'x');
UPDATE facts SET v = 'y' WHERE id = 8;
SELECT COUNT(*) FROM s_joined;
-- > 0
DELETE FROM facts WHERE id = 8;
COMMIT;
SELECT id, label, METADATA$ACTION FROM s_joined;
-- > 7 | lateno dimension | INSERT
-- proves B.8 "Change tracking must be on for all base tables; creating the first stream as owner switches it on (brief lock)."
SHOW TABLES ->> SELECT "name", "change_tracking" FROM $1 ORDER BY 1;
-- > DIMS | ON
-- > FACTS | ON
-- > SINK | OFF
-- proves B.8 "Not allowed: GROUP BY, QUALIFY, DISTINCT, LIMIT"
CREATE VIEW g AS SELECT k, COUNT(*) AS n FROM facts GROUP BY k;
CREATE VIEW o AS SELECT f.id FROM facts AS f LEFT JOIN dims AS d ON f.k = d.k;
CREATE VIEW di AS SELECT DISTINCT k FROM facts;
CREATE VIEW l AS SELECT k FROM facts LIMIT 1;
CREATE VIEW qu AS SELECT k FROM facts QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY id) = 1;
CREATE VIEW sub AS SELECT k FROM facts WHERE k IN (SELECT k FROM dims);
CREATE VIEW scalar AS SELECT k, (SELECT MAX(name) FROM dims) AS m FROM facts;
CREATE VIEW u AS SELECT k FROM facts UNION SELECT k FROM dims;
CREATE VIEW over_g AS SELECT k FROM g;
CREATE VIEW over_stream AS SELECT id FROM s_plain;
CREATE STREAM bad ON VIEW g;
-- ! Change tracking is not supported on queries with GROUP
CREATE STREAM bad ON VIEW o;
-- ! not supported on queries with LEFT JOIN
CREATE STREAM bad ON VIEW di;
-- ! not supported on queries with DISTINCT
CREATE STREAM bad ON VIEW l;
-- ! not supported on queries with LIMIT
CREATE STREAM bad ON VIEW qu;
-- ! not supported on queries with QUALIFY
CREATE STREAM bad ON VIEW sub;
-- ! not supported on queries with
CREATE STREAM bad ON VIEW scalar;
-- ! not supported on queries with
CREATE STREAM bad ON VIEW u;
-- ! not supported on queries with UNION
CREATE STREAM bad ON VIEW over_g;
-- ! not supported on queries with GROUP
CREATE STREAM bad ON VIEW over_stream;
-- ! not supported on queries with stream
CREATE STREAM bad ON VIEW plain APPEND_ONLY = TRUE;
-- ! not supported by the local account: APPEND_ONLY
CREATE STREAM bad ON VIEW plain SHOW_INITIAL_ROWS = TRUE;
-- ! not supported by the local account
CREATE STREAM second ON VIEW joined AT (STREAM => 's_joined');
SELECT COUNT(*) FROM second;
-- > 1
-- proves B.10 "| base_tables | comma list of FQNs (view: its bases) |"
SHOW STREAMS LIKE 's_joined' ->> SELECT "table_name", "source_type", "base_tables", "mode", "stale", "invalid_reason" FROM $1;
-- > DB.S.JOINED | View | DB.S.FACTS, DB.S.DIMS | DEFAULT | false | N/A
ALTER TABLE facts ADD COLUMN extra INT;
SELECT COUNT(*) FROM s_joined;
-- > 1
CREATE VIEW with_extra AS SELECT id, extra FROM facts;
CREATE STREAM s_extra ON VIEW with_extra;
ALTER TABLE facts DROP COLUMN extra;
-- > Statement executed successfully.
SELECT COUNT(*) FROM s_extra;
-- ! 002003
SELECT COUNT(*) FROM s_joined;
-- > 1
-- proves B.6 "CREATE OR REPLACE VIEW / swap of a view source, or replace/drop of any base table below it"
CREATE OR REPLACE VIEW joined (id, label) AS SELECT f.id, d.name || f.v FROM facts AS f JOIN dims AS d ON f.k = d.k;
SELECT COUNT(*) FROM s_joined;
-- ! dropped, cannot read from stream
SHOW STREAMS LIKE 's_joined' ->> SELECT "table_name", "stale" FROM $1;
-- > No privilege or table dropped | true
CREATE OR REPLACE TABLE dims (k INT, name VARCHAR);
SELECT COUNT(*) FROM s_nested;
-- ! Base table 'DB.S.DIMS' dropped, cannot read from stream 'DB.S.S_NESTED'
SELECT SYSTEM$STREAM_HAS_DATA('s_nested');
-- ! dropped
INSERT INTO facts (id, k, v) VALUES (8, 1, 'h');
CREATE SCHEMA copied CLONE s;
INSERT INTO facts (id, k, v) VALUES (9, 1, 'i');
SELECT id, v, METADATA$ACTION FROM s_plain;
-- > 9 | I | INSERT
