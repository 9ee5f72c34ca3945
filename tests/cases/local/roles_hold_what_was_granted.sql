CREATE TABLE t (id NUMBER);
CREATE ROLE reader COMMENT = 'reads';
CREATE ROLE analyst;
CREATE ROLE IF NOT EXISTS reader;
CREATE ROLE reader;
-- ! already exists
GRANT SELECT, INSERT ON TABLE t TO ROLE reader;
GRANT SELECT ON TABLE t TO ROLE reader;
GRANT ROLE reader TO ROLE analyst;
GRANT FLY ON TABLE t TO ROLE reader;
-- ! Invalid privilege [FLY]
GRANT SELECT ON TABLE t TO ROLE nobody;
-- ! 002003 (02000): SQL compilation error: Role 'NOBODY' does not exist
GRANT SELECT ON TABLE nope TO ROLE reader;
-- ! 002003
SHOW GRANTS ON TABLE t ->> SELECT "privilege", "granted_on", "name", "granted_to", "grantee_name", "grant_option" FROM $1 ORDER BY 1;
-- > INSERT | TABLE | DB.S.T | ROLE | READER | false
-- > OWNERSHIP | TABLE | DB.S.T | ROLE | ACCOUNTADMIN | true
-- > SELECT | TABLE | DB.S.T | ROLE | READER | false
SHOW GRANTS TO ROLE analyst ->> SELECT "privilege", "granted_on", "name" FROM $1;
-- > USAGE | ROLE | READER
SHOW GRANTS OF ROLE reader ->> SELECT "role", "granted_to", "grantee_name" FROM $1;
-- > READER | ROLE | ANALYST
GRANT ROLE analyst TO ROLE reader;
-- ! Cannot grant role 'ANALYST' to role 'READER'
REVOKE INSERT ON TABLE t FROM ROLE reader;
REVOKE INSERT ON TABLE t FROM ROLE reader;
SHOW GRANTS TO ROLE reader ->> SELECT "privilege", "name" FROM $1;
-- > SELECT | DB.S.T
GRANT SELECT ON TABLE t TO ROLE reader WITH GRANT OPTION;
SHOW GRANTS TO ROLE reader ->> SELECT "privilege", "grant_option" FROM $1;
-- > SELECT | true
REVOKE GRANT OPTION FOR SELECT ON TABLE t FROM ROLE reader;
SHOW GRANTS TO ROLE reader ->> SELECT "privilege", "grant_option" FROM $1;
-- > SELECT | false
GRANT EXECUTE TASK ON ACCOUNT TO ROLE analyst;
SHOW GRANTS ON ACCOUNT ->> SELECT "privilege", "granted_on", "grantee_name" FROM $1;
-- > EXECUTE TASK | ACCOUNT | ANALYST
CREATE PROCEDURE p(a NUMBER, b STRING) RETURNS VARCHAR LANGUAGE SQL AS 'BEGIN RETURN 1; END';
GRANT USAGE ON PROCEDURE p(NUMBER, VARCHAR) TO ROLE analyst;
SHOW GRANTS ON PROCEDURE p(NUMBER, VARCHAR) ->> SELECT "privilege", "granted_on", "name" FROM $1 ORDER BY 1;
-- > OWNERSHIP | PROCEDURE | DB.S."P(a NUMBER, b STRING):VARCHAR(16777216)"
-- > USAGE | PROCEDURE | DB.S."P(a NUMBER, b STRING):VARCHAR(16777216)"
-- a database role lives in its database, and goes with it
CREATE DATABASE ROLE db.shared;
GRANT SELECT ON TABLE t TO DATABASE ROLE db.shared;
GRANT DATABASE ROLE db.shared TO ROLE analyst;
SHOW DATABASE ROLES IN DATABASE db ->> SELECT "name", "owner" FROM $1;
-- > SHARED | ACCOUNTADMIN
SHOW GRANTS TO DATABASE ROLE db.shared ->> SELECT "privilege", "granted_on", "name" FROM $1;
-- > SELECT | TABLE | DB.S.T
SHOW GRANTS TO ROLE analyst ->> SELECT "privilege", "granted_on", "name" FROM $1 ORDER BY 2;
-- > EXECUTE TASK | ACCOUNT | LOCAL
-- > USAGE | DATABASE_ROLE | DB.SHARED
-- > USAGE | PROCEDURE | DB.S."P(a NUMBER, b STRING):VARCHAR(16777216)"
-- > USAGE | ROLE | READER
SHOW ROLES LIKE '%r' ->> SELECT "name", "granted_to_roles", "comment" FROM $1;
-- > READER | 1 | reads
DROP ROLE reader;
SHOW GRANTS ON TABLE t ->> SELECT "privilege", "grantee_name" FROM $1 ORDER BY 1;
-- > OWNERSHIP | ACCOUNTADMIN
-- > SELECT | DB.SHARED
DROP TABLE t;
SHOW GRANTS TO DATABASE ROLE db.shared;
-- > (no rows)
