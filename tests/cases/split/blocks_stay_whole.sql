create task t as
begin
  let x := case when 1 = 1 then 2 else 3 end;
  if (x > 1) then
    select 1;
  elseif (x = 0) then
    begin transaction;
    commit;
  else
    case (x) when 1 then select 'a;b'; else null; end case;
  end if;
  for i in 1 to 3 do insert into a select case i when 1 then 2 end; end for;
  while (x < 9) loop x := x + 1; end loop;
  repeat x := 1; until (x = 1) end repeat;
  loop break; end loop;
exception
  when other then raise;
end;
-- |
begin;
-- |
select begin, end from t;
-- |
commit;
-- |
create procedure p() returns int language sql as declare n int; begin return n; end;
-- |
create procedure q() returns int language sql as $$ begin; $$;
-- |
create task no_semicolon as begin select 1; end
-- |
create task labelled as begin select 1; end lbl;
-- |
