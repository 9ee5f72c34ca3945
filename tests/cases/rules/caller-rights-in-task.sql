-- [bad] names that mean other tables in the task's schema
create table raw.loads (day date);
create procedure raw.load() returns int language sql execute as caller as
$$
begin
  insert into loads (day) select current_date(); -- !
  return 1;
end;
$$;
create task ops.load_daily warehouse = load_wh schedule = '5 minutes' as call raw.load();
-- [almost bad] qualified names, and no task that calls
CREATE TABLE RAW.LOADS (DAY DATE);
CREATE PROCEDURE RAW.LOAD() RETURNS INT LANGUAGE SQL EXECUTE AS CALLER AS
$$
BEGIN
  INSERT INTO RAW.LOADS (DAY) SELECT CURRENT_DATE();
  RETURN 1;
END;
$$;
CREATE PROCEDURE RAW.BY_HAND() RETURNS INT LANGUAGE SQL EXECUTE AS CALLER AS
$$
BEGIN
  INSERT INTO RAW.LOADS (DAY) VALUES ($DAY);
  RETURN 1;
END;
$$;
CREATE TASK OPS.LOAD_DAILY WAREHOUSE = LOAD_WH SCHEDULE = '5 MINUTES' AS CALL RAW.LOAD();
ALTER TASK OPS.LOAD_DAILY RESUME;
