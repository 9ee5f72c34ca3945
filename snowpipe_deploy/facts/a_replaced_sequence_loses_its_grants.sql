-- source: F.2
-- confirmed: yes
-- leans: planner/restore_grants.py
CREATE SEQUENCE Q;
GRANT USAGE ON SEQUENCE Q TO ROLE PUBLIC;
SHOW GRANTS ON SEQUENCE Q ->> SELECT COUNT(*) FROM $1 WHERE "grantee_name" = 'PUBLIC';
-- > 1
CREATE OR REPLACE SEQUENCE Q;
SHOW GRANTS ON SEQUENCE Q ->> SELECT COUNT(*) FROM $1 WHERE "grantee_name" = 'PUBLIC';
-- > 0
