select 'it''s; \'; ok', "a;b" from t;
-- |
create view v comment = 'x;y' as select /* ; */ 1;
-- |
put file:///tmp/a;
-- |
copy into t from @s/a//b pattern = '.*';
-- |
declare p procedure () returns int as begin return 1; end; x int; begin call p(); end;
-- |
create alert a warehouse = w schedule = '1 minute' if (exists (select 1)) then begin insert into t select 1; insert into t select 2; end;
-- |
