-- What should be there, in any order: snowdeploy finds out what needs what.
CREATE SCHEMA RAW COMMENT = 'Files as they came';
CREATE SCHEMA MART COMMENT = 'Ready answers';
