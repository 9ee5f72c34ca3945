-- [almost bad] CASE expressions and statements, labels, words of SQL at the start of lines
CREATE PROCEDURE DWH.P(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS
$$
DECLARE
    V NUMBER DEFAULT 0;
    C CURSOR FOR SELECT ID FROM DWH.ORDERS;
BEGIN
    CASE (N)
        WHEN 1 THEN V := CASE WHEN N = 1 THEN 2 ELSE 3 END;
        ELSE NULL;
    END CASE;
    FOR R IN C DO
        UPDATE DWH.ORDERS
        SET STATUS = CASE
                WHEN ID = 1 THEN 'a'
                ELSE 'b'
            END
        WHERE ID = :V;
        CONTINUE;
    END FOR;
    LOOP
        BREAK;
    END LOOP DONE;
    RETURN V;
END;
$$;
-- [bad]
CREATE PROCEDURE DWH.P(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.ORDERS WHERE ID = :N
    RETURN 1; -- !
END;
$$;
CREATE PROCEDURE DWH.Q(N NUMBER) RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    IF (N = 1) THEN
        RETURN 1;
    END; -- !
    RETURN 2;
END;
$$;
