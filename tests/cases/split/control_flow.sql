-- case: IF and ELSEIF
begin if (a > 1) then select 1; elseif (a > 0) then select 2; else select 3; end if; end;
-- |
select 4;
-- |
-- case: IF in IF
begin if (a) then if (b) then select 1; end if; end if; end;
-- |
select 4;
-- |
-- case: the function IF is no statement
begin x := iff(a, 1, 2); select if(1, 2, 3); end;
-- |
select 4;
-- |
-- case: CASE expression in a block
begin x := case when a then 1 else 2 end; select case b when 1 then 'x' end from t; end;
-- |
select 4;
-- |
-- case: CASE statement with END CASE
begin case (x) when 1 then select 1; when 2 then select 2; else select 3; end case; end;
-- |
select 4;
-- |
-- case: CASE statement with END
begin case when x = 1 then select 1; else select 3; end; end;
-- |
select 4;
-- |
-- case: CASE expression in a CASE statement
begin case (case when a then 1 end) when 1 then select case when b then 2 end; end case; end;
-- |
select 4;
-- |
-- case: FOR counter with DO
begin for i in 1 to 10 do insert into t select :i; end for; end;
-- |
select 4;
-- |
-- case: FOR counter with LOOP and REVERSE
begin for i in reverse 1 to 10 loop select 1; end loop; end;
-- |
select 4;
-- |
-- case: FOR over a cursor
begin for r in c do select 1; select 2; end for; end;
-- |
select 4;
-- |
-- case: WHILE with DO and with LOOP
begin while (x < 3) do x := x + 1; end while; while (x < 9) loop x := x + 1; end loop; end;
-- |
select 4;
-- |
-- case: REPEAT, and the function REPEAT
begin repeat x := x + 1; until (x > 3) end repeat; y := repeat('a', 3); end;
-- |
select repeat('a', 3);
-- |
-- case: LOOP with BREAK and a label
begin loop if (x > 3) then break outer_loop; end if; end loop outer_loop; end;
-- |
select 4;
-- |
-- case: loops in loops
begin for i in 1 to 2 do for j in 1 to 2 do while (a) do loop break; end loop; end while; end for; end for; end;
-- |
select 4;
-- |
-- case: LET with a query that has CASE
begin let x := (select case when a then 1 end from t); let c cursor for select case a when 1 then 2 end from t; end;
-- |
select 4;
-- |
-- case: NULL as a statement
begin if (a) then null; end if; end;
-- |
select 4;
-- |
-- case: CASE at the top level
select case when a then case b when 1 then 2 end else 3 end as x from t;
-- |
select 4;
-- |
