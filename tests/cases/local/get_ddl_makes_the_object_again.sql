CREATE DATABASE D;
CREATE SCHEMA D.S;
CREATE TABLE D.S.T (A INT PRIMARY KEY, "b c" STRING DEFAULT 'x' COMMENT 'it''s', N INT AUTOINCREMENT START 2 INCREMENT 3) CLUSTER BY (A) COMMENT = 'rows';
SELECT REPLACE(REPLACE(GET_DDL('table', 'D.S.T'), '\n', ' '), '\t', '');
-- > create or replace TABLE T cluster by (A) ( A NUMBER(38,0) NOT NULL, "b c" VARCHAR(16777216) DEFAULT 'x' COMMENT 'it''s', N NUMBER(38,0) autoincrement start 2 increment 3 noorder, primary key (A) )COMMENT='rows' ;
CREATE SECURE VIEW D.S.V AS SELECT /* kept */ A FROM T;
SELECT REPLACE(REPLACE(GET_DDL('TABLE', 'D.S.V', TRUE), '\n', ' '), '\t', '');
-- > create or replace secure view D.S.V( A )  as SELECT /* kept */ A FROM T;
CREATE STREAM D.S.ST ON TABLE D.S.T SHOW_INITIAL_ROWS = TRUE;
SELECT GET_DDL('STREAM', 'D.S.ST');
-- > create or replace stream ST on table D.S.T;
CREATE SEQUENCE D.S.Q START 3;
SELECT GET_DDL('SEQUENCE', 'D.S.Q');
-- > create or replace sequence Q start with 3 increment by 1 noorder;
CREATE PROCEDURE D.S.P(X INT, Y VARCHAR DEFAULT 'z') RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN 'it\\s'; END $$;
SELECT REPLACE(GET_DDL('PROCEDURE', 'D.S.P(NUMBER, VARCHAR)'), '\n', ' ');
-- > CREATE OR REPLACE PROCEDURE P("X" NUMBER(38,0), "Y" VARCHAR(16777216) DEFAULT 'z') RETURNS VARCHAR(16777216) LANGUAGE SQL EXECUTE AS OWNER AS ' BEGIN RETURN ''it\\\\s''; END ';
SELECT GET_DDL('PROCEDURE', 'D.S.P()');
-- ! does not exist or not authorized
SELECT GET_DDL('TABLE', 'D.S.NOWHERE');
-- ! 002003
CREATE STAGE D.S.G;
SELECT GET_DDL('STAGE', 'D.S.G');
-- ! GET_DDL of a stage
SELECT GET_DDL('SCHEMA', 'D.S');
-- ! GET_DDL of a whole schema
SELECT GET_DDL('THING', 'D.S.T');
-- ! invalid object type
