-- [bad] lower case, several lines
grant ownership -- !
  on task raw.load
  to role loader copy current grants;
-- [almost bad] other privileges, other objects, and tasks to come
GRANT OPERATE ON TASK RAW.LOAD TO ROLE LOADER;
GRANT OWNERSHIP ON TABLE RAW.ORDERS TO ROLE LOADER COPY CURRENT GRANTS;
GRANT OWNERSHIP ON FUTURE TASKS IN SCHEMA RAW TO ROLE LOADER;
