-- source: F.6
-- confirmed: yes
-- leans: live.py asks for the database and for all grants in one statement each
CREATE TABLE LONG_NAME (ID NUMBER);
SHOW TABLES LIKE 'long_name' IN SCHEMA {schema} ->> SELECT found."name" FROM (SELECT 1) AS one LEFT JOIN $1 AS found ON found."name" = 'LONG_NAME';
-- > LONG_NAME
SHOW TABLES LIKE 'absent' IN SCHEMA {schema} ->> SELECT found."name" FROM (SELECT 1) AS one LEFT JOIN $1 AS found ON found."name" = 'ABSENT';
-- > NULL
SHOW TABLES IN SCHEMA {schema} ->> SHOW VIEWS IN SCHEMA {schema} ->> SELECT "name" FROM $2 UNION ALL SELECT "name" FROM $1;
-- > LONG_NAME
