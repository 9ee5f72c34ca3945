-- The account's time, and of this very moment: which streams have data, and the state of each pipe.
SELECT CURRENT_TIMESTAMP() AS NOW, CURRENT_WAREHOUSE() AS WAREHOUSE{asked};
