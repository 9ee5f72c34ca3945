-- [bad] in a procedure
create task raw.root warehouse = load_wh schedule = '5 minutes' as call raw.extract();
create task raw.child warehouse = load_wh after raw.root as call raw.load();
create procedure raw.again() returns varchar language sql as
$$
begin
  execute task child; -- !
  return 'done';
end;
$$;
-- [almost bad] it was a child once
CREATE TASK RAW.ROOT WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.EXTRACT();
CREATE TASK RAW.CHILD WAREHOUSE = LOAD_WH AFTER RAW.ROOT AS CALL RAW.LOAD();
ALTER TASK RAW.CHILD REMOVE AFTER RAW.ROOT;
ALTER TASK RAW.ROOT RESUME;
EXECUTE TASK RAW.CHILD;
