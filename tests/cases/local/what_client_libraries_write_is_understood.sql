-- what Snowpark and dbt send beside the statements that people write
CREATE TABLE a (id INT, v VARCHAR) COMMENT = 'first';
CREATE TRANSIENT TABLE b (id INT, w VARCHAR);
CREATE VIEW c AS SELECT id FROM a;
INSERT INTO a VALUES (1, 'x'), (2, 'y');
INSERT INTO b VALUES (2, 'z');
SHOW OBJECTS IN db.s LIMIT 10000;
SELECT "name", "kind", "rows", "comment", "is_dynamic", "is_iceberg", "owner" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > A | TABLE | 2 | first | N | N | ACCOUNTADMIN
-- > B | TABLE | 1 |  | N | N | ACCOUNTADMIN
-- > C | VIEW | NULL |  | N | N | ACCOUNTADMIN
SHOW TERSE OBJECTS LIKE 'b' IN SCHEMA db.s;
SELECT "name", "kind", "database_name", "schema_name" FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()));
-- > B | TABLE | DB | S
-- parentheses around what is joined first say nothing
SELECT * FROM ((SELECT id, v FROM a) AS l INNER JOIN (SELECT id, w FROM b) AS r USING (id));
-- > 2 | y | z
SELECT l.id, w FROM ((SELECT * FROM a) AS l LEFT OUTER JOIN b ON l.id = b.id) CROSS JOIN (SELECT 1 AS n) ORDER BY 1;
-- > 1 | NULL
-- > 2 | z
SELECT COUNT(*) FROM (a);
-- > 2
SELECT (ROW_NUMBER() OVER (ORDER BY SEQ8()) - 1) * 2 + 1 AS id FROM (TABLE(GENERATOR(ROWCOUNT => 3)));
-- > 1
-- > 3
-- > 5
SELECT * FROM a JOIN (b JOIN c ON b.id = c.id) ON a.id = b.id;
-- > 2 | y | 2 | z | 2
SELECT TO_BINARY('ff', 'HEX') = 'ff'::BINARY, NULL::BINARY, 'FF'::BINARY::BINARY = CAST('ff' AS VARBINARY), TRY_CAST('x' AS BINARY);
-- > True | NULL | True | NULL
SELECT 'x'::BINARY;
-- !
SELECT PARSE_JSON('[1]')::ARRAY[0], PARSE_JSON('7')::ARRAY[0], ARRAY_SIZE(CAST(PARSE_JSON('[1, 2]') AS ARRAY)), CAST(PARSE_JSON('{"k": 3}') AS OBJECT):k, NULL::ARRAY, NULL::OBJECT;
-- > 1 | 7 | 2 | 3 | NULL | NULL
SELECT PARSE_JSON('7')::OBJECT;
-- ! not supported by the local account: TO_OBJECT of what is no object
SELECT PARSE_JSON('[1]')::ARRAY(NUMBER);
-- ! not supported by the local account
