-- [almost bad] quoted bodies, and BEGIN of a transaction
!set variable_substitution=true
CREATE PROCEDURE DWH.P() RETURNS NUMBER LANGUAGE SQL AS
$$
BEGIN
    RETURN 1;
END;
$$;
BEGIN TRANSACTION;
COMMIT;
