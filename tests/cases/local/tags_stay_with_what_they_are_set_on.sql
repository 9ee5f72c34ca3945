-- Tags are kept by the ids of the tag and of what carries it: renaming either loses none.
CREATE TAG cost COMMENT = 'who pays';
CREATE TAG pii ALLOWED_VALUES 'yes', 'no';
CREATE TABLE t (a INT WITH TAG (pii = 'yes'), b INT) WITH TAG (cost = 'sales');
SELECT SYSTEM$GET_TAG('cost', 't', 'table'), SYSTEM$GET_TAG('pii', 't', 'TABLE'), SYSTEM$GET_TAG('db.s.pii', 'db.s.t.a', 'column');
-- > sales | NULL | yes
-- GET_DDL includes them as WITH clauses (reference F.6)
SELECT GET_DDL('table', 't') LIKE '%WITH TAG (DB.S.PII=''yes'')%) WITH TAG (DB.S.COST=''sales'')%';
-- > True
ALTER TABLE t MODIFY COLUMN b SET TAG pii = 'no', cost = 'b';
ALTER TABLE t RENAME COLUMN b TO c;
ALTER TABLE t RENAME TO renamed;
ALTER TAG cost RENAME TO payer;
SELECT TAG_DATABASE, TAG_SCHEMA, TAG_NAME, TAG_VALUE, APPLY_METHOD, LEVEL, OBJECT_DATABASE, OBJECT_SCHEMA, OBJECT_NAME, DOMAIN, COLUMN_NAME
  FROM TABLE(INFORMATION_SCHEMA.TAG_REFERENCES_ALL_COLUMNS('renamed', 'table')) ORDER BY COLUMN_NAME, TAG_NAME;
-- > DB | S | PAYER | sales | INHERITED | TABLE | DB | S | RENAMED | COLUMN | A
-- > DB | S | PII | yes | MANUAL | COLUMN | DB | S | RENAMED | COLUMN | A
-- > DB | S | PAYER | b | MANUAL | COLUMN | DB | S | RENAMED | COLUMN | C
-- > DB | S | PII | no | MANUAL | COLUMN | DB | S | RENAMED | COLUMN | C
ALTER TABLE renamed DROP COLUMN c;
ALTER TABLE renamed ADD COLUMN c INT;
SELECT SYSTEM$GET_TAG('pii', 'renamed.c', 'column');
-- > NULL
-- what is not known is not taken
ALTER TABLE renamed SET TAG pii = 'maybe';
-- ! Tag value 'maybe' is not allowed for tag PII
ALTER TABLE renamed SET TAG nope = 'x';
-- ! Tag 'DB.S.NOPE' does not exist or not authorized
ALTER TABLE renamed SET TAG pii;
-- ! 001003 (42000): SQL compilation error: syntax error
ALTER TABLE renamed SET TAG pii = yes;
-- ! expected the value of a tag in quotes
ALTER TABLE renamed MODIFY COLUMN nope SET TAG pii = 'no';
-- ! 000904
CREATE TABLE too (a INT) WITH TAG (pii = 'no', nope = 'x');
-- ! Tag 'DB.S.NOPE' does not exist or not authorized
SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'TOO';
-- > 0
-- what lies in something has its tags, unless it has a value of its own
CREATE SCHEMA inner_one WITH TAG (db.s.payer = 'it');
CREATE VIEW v (x COMMENT 'c' WITH TAG (db.s.pii = 'no')) AS SELECT 1;
SELECT TAG_NAME, TAG_VALUE, LEVEL, DOMAIN, OBJECT_NAME FROM TABLE(INFORMATION_SCHEMA.TAG_REFERENCES('v', 'table'));
-- > PAYER | it | SCHEMA | TABLE | V
SELECT TAG_NAME, TAG_VALUE, LEVEL, COLUMN_NAME FROM TABLE(INFORMATION_SCHEMA.TAG_REFERENCES('v.x', 'column')) ORDER BY 1;
-- > PAYER | it | SCHEMA | X
-- > PII | no | COLUMN | X
SELECT SYSTEM$GET_TAG('db.s.payer', 'v', 'table');
-- ! not supported by the local account: SYSTEM$GET_TAG of a tag that comes from the schema
SELECT OBJECT_DATABASE, OBJECT_SCHEMA, OBJECT_NAME, DOMAIN FROM TABLE(INFORMATION_SCHEMA.TAG_REFERENCES('db.inner_one', 'schema'));
-- > NULL | DB | INNER_ONE | SCHEMA
SELECT GET_DDL('view', 'v'), GET_DDL('schema', 'inner_one') IS NULL;
-- ! GET_DDL of a whole schema
SELECT GET_DDL('view', 'v') LIKE '%X WITH TAG (DB.S.PII=''no'') COMMENT ''c''%';
-- > True
DROP SCHEMA inner_one;
USE SCHEMA db.s;
-- every kind of object that has tags, by the words of its own kind
CREATE STREAM st ON TABLE renamed;
ALTER STREAM st SET TAG payer = 'a';
CREATE STAGE stg WITH TAG (payer = 'b');
CREATE PROCEDURE p(n INT) RETURNS INT LANGUAGE SQL AS 'BEGIN RETURN 1; END';
ALTER PROCEDURE p(INT) SET TAG payer = 'c';
CREATE WAREHOUSE w WITH TAG (payer = 'd');
CREATE ROLE r;
ALTER ROLE r SET TAG payer = 'e';
ALTER DATABASE db SET TAG payer = 'f';
SELECT SYSTEM$GET_TAG('payer', 'st', 'stream'), SYSTEM$GET_TAG('payer', 'stg', 'stage'), SYSTEM$GET_TAG('payer', 'p(int)', 'procedure'),
  SYSTEM$GET_TAG('payer', 'w', 'warehouse'), SYSTEM$GET_TAG('payer', 'r', 'role'), SYSTEM$GET_TAG('payer', 'db', 'database');
-- > a | b | c | d | e | f
ALTER DATABASE db UNSET TAG payer;
ALTER STREAM IF EXISTS nope SET TAG payer = 'x';
ALTER TAG pii SET TAG payer = 'x';
-- ! not supported by the local account: tags of a tag
SELECT SYSTEM$GET_TAG('payer', 'x', 'moon');
-- ! not supported by the local account: tags of domain moon
CREATE MASKING POLICY mask AS (v VARCHAR) RETURNS VARCHAR -> v;
ALTER TAG pii SET MASKING POLICY mask;
-- ! not supported by the local account: masking policies of a tag
-- proves A.6 "| Tags | lost (must be re-stated) | kept | lost |"
CREATE TASK k WITH TAG (payer = 'task') SCHEDULE = '1 MINUTE' AS SELECT 1;
CREATE OR ALTER TASK k SCHEDULE = '2 MINUTE' AS SELECT 1;
SELECT SYSTEM$GET_TAG('payer', 'k', 'task');
-- > task
CREATE OR REPLACE TASK k SCHEDULE = '1 MINUTE' AS SELECT 1;
SELECT SYSTEM$GET_TAG('payer', 'k', 'task');
-- > NULL
ALTER TASK k SET TAG payer = 'task';
DROP TASK k;
CREATE TASK k SCHEDULE = '1 MINUTE' AS SELECT 1;
SELECT SYSTEM$GET_TAG('payer', 'k', 'task');
-- > NULL
-- copies: LIKE and CLONE have the tags; CREATE OR REPLACE has them with COPY TAGS alone, over those of its own WITH TAG
CREATE TABLE alike LIKE renamed;
CREATE TABLE cloned CLONE renamed;
SELECT SYSTEM$GET_TAG('payer', 'alike', 'table'), SYSTEM$GET_TAG('pii', 'alike.a', 'column'), SYSTEM$GET_TAG('payer', 'cloned', 'table'),
  SYSTEM$GET_TAG('pii', 'cloned.a', 'column');
-- > sales | yes | sales | yes
CREATE OR REPLACE TABLE alike (a INT, z INT) COPY TAGS WITH TAG (payer = 'new', pii = 'no');
SELECT SYSTEM$GET_TAG('payer', 'alike', 'table'), SYSTEM$GET_TAG('pii', 'alike', 'table'), SYSTEM$GET_TAG('pii', 'alike.a', 'column');
-- > sales | no | yes
CREATE OR REPLACE TABLE alike (a INT);
SELECT SYSTEM$GET_TAG('payer', 'alike', 'table'), SYSTEM$GET_TAG('pii', 'alike.a', 'column');
-- > NULL | NULL
ALTER TABLE alike SET TAG payer = 'one';
ALTER TABLE alike SWAP WITH cloned;
SELECT SYSTEM$GET_TAG('payer', 'alike', 'table'), SYSTEM$GET_TAG('payer', 'cloned', 'table');
-- > sales | one
-- in the copy of a schema the tags are those of the copy
CREATE SCHEMA twin CLONE s;
DROP TAG twin.payer;
SELECT SYSTEM$GET_TAG('db.s.payer', 'db.s.renamed', 'table'), SYSTEM$GET_TAG('db.twin.pii', 'db.twin.renamed.a', 'column'),
  SYSTEM$GET_TAG('db.s.pii', 'db.twin.renamed.a', 'column');
-- > sales | yes | NULL
-- a tag that is dropped is set nowhere
USE SCHEMA db.s;
DROP TAG payer;
CREATE TAG payer;
SELECT SYSTEM$GET_TAG('payer', 'renamed', 'table');
-- > NULL
-- CREATE OR ALTER leaves tags alone: those that it names are not passed over in silence
CREATE OR ALTER TABLE renamed (a INT) WITH TAG (pii = 'no');
-- ! not supported by the local account: tags in CREATE OR ALTER TABLE
CREATE OR ALTER TABLE renamed (a INT WITH TAG (pii = 'no'), c INT);
-- ! tags of column A in CREATE OR ALTER TABLE
