"""What the SQL of a project says about its objects, computed once."""
