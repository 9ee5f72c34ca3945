-- source: F.8
-- confirmed: yes
-- leans: kinds/grant.py, planner/restore_grants.py
CREATE TABLE T (ID NUMBER);
GRANT SELECT ON TABLE T TO ROLE PUBLIC;
GRANT SELECT ON TABLE T TO ROLE PUBLIC;
SHOW GRANTS ON TABLE T ->> SELECT COUNT(*) FROM $1 WHERE "grantee_name" = 'PUBLIC';
-- > 1
