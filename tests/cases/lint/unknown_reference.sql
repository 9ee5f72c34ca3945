create schema RAW;
create table RAW.VIDEOS (ID number);
create stream RAW.S on table RAW.VIDEOS;
create view RAW.V as
select ID
from RAW.VIDEO; -- SD701: view RAW.V reads RAW.VIDEO
create view RAW.ELSEWHERE as select ID from OTHER.THING;
create task RAW.T
  warehouse = W
  schedule = '1 minute'
  when system$stream_has_data('RAW.STREAM') -- SD701: task RAW.T reads RAW.STREAM
as
begin
  with c as (select ID from RAW.S)
  select ID from c;
  call RAW.MISSING(); -- SD701: task RAW.T calls RAW.MISSING
end;
