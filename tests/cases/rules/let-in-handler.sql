-- [almost bad] LET again in the handler, LET around an inner block, a column of the same name
CREATE PROCEDURE DWH.P() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    LET N NUMBER := 1;
    BEGIN
        LET INNER_ONE NUMBER := 2;
        DELETE FROM DWH.ORDERS WHERE ID = :INNER_ONE;
    EXCEPTION
        WHEN OTHER THEN
            INSERT INTO DWH.ERRORS (MESSAGE, N) VALUES (:SQLERRM, :N);
            RAISE;
    END;
    RETURN 'done';
EXCEPTION
    WHEN OTHER THEN
        LET M VARCHAR := 'failed: ' || SQLERRM;
        INSERT INTO DWH.ERRORS (MESSAGE, N) VALUES (:M, 0);
        RAISE;
END;
$$;
