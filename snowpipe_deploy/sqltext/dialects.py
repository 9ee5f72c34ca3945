"""Is a file written for another database? Repositories keep the scripts of their sources and targets beside Snowflake's."""

import re

from snowpipe_deploy.sqltext.lexer import token_stream

# what only one of them has, as it stands in text without comments, quotes and $$ bodies; the first words are looked for before
_ONLY: tuple[tuple[str, str, str], ...] = (
    ("T-SQL", "nocount", r"SET\s+NOCOUNT\s+ON\b"),
    ("T-SQL", "[dbo]", r"\[dbo\]\s*\."),
    ("T-SQL", "declare @", r"DECLARE\s+@\w+"),
    ("T-SQL", "(max)", r"VARCHAR\s*\(\s*MAX\s*\)"),
    ("T-SQL", "object_id", r"IF\s+OBJECT_ID\s*\("),
    ("T-SQL", "exec sp_", r"EXEC\s+sp_\w+"),
    ("T-SQL", "uniqueidentifier", r"UNIQUEIDENTIFIER\b"),
    ("T-SQL", "\ngo\n", r"^GO\s*$(?s:.*?)^GO\s*$"),
    ("PostgreSQL", "plpgsql", r"LANGUAGE\s+plpgsql\b"),
    ("PostgreSQL", "serial", r"\b(?:BIG|SMALL)?SERIAL\s+(?:PRIMARY|NOT|UNIQUE)\b"),
    ("PostgreSQL", "create extension", r"CREATE\s+EXTENSION\b"),
    ("PostgreSQL", "on conflict", r"ON\s+CONFLICT\s*(?:\(|DO\b)"),
    ("PostgreSQL", "returns trigger", r"RETURNS\s+TRIGGER\b"),
    ("PostgreSQL", "\\c", r"^\\c(?:onnect|opy)?\s+\w"),
    ("PostgreSQL", "jsonb", r"\bJSONB\b"),
    ("PostgreSQL", "regclass", r"::\s*regclass\b"),
    ("MySQL", "engine", r"ENGINE\s*=\s*(?:InnoDB|MyISAM)\b"),
    ("MySQL", "delimiter", r"^DELIMITER\s+\S+\s*$"),
    ("MySQL", "charset", r"DEFAULT\s+CHARSET\s*="),
    ("Oracle", "package", r"CREATE\s+OR\s+REPLACE\s+PACKAGE\s+(?:BODY\s+)?\w"),
    ("Oracle", "dbms_", r"\bDBMS_\w+\.\w"),
    ("Oracle", "%type", r"\w%TYPE\b"),
    ("Oracle", "%rowtype", r"\w%ROWTYPE\b"),
    ("Spark", "delta", r"USING\s+DELTA\b"),
    ("Spark", "tblproperties", r"TBLPROPERTIES\s*\("),
    ("Spark", "stored as", r"STORED\s+AS\s+(?:PARQUET|ORC|TEXTFILE)\b"),
    ("Spark", "row format", r"ROW\s+FORMAT\s+(?:SERDE|DELIMITED)\b"),
    ("Redshift", "dist", r"\bDIST(?:KEY|STYLE)\b"),
    ("Redshift", "sortkey", r"\bSORTKEY\s*\("),
    ("Redshift", "iam_role", r"\bIAM_ROLE\s"),
    ("Teradata", "multiset", r"MULTISET\s+(?:VOLATILE\s+)?TABLE\b"),
    ("Teradata", ".log", r"^\.(?:LOGON|LOGOFF)\b"),
)
_FLAGS = re.IGNORECASE | re.MULTILINE
_SNOWFLAKE = (
    r"(?:CREATE|ALTER|DROP|DESC|SHOW|USE|REPLACE)\s+(?:STAGE|PIPE|STREAM|TASK|WAREHOUSE|FILE\s+FORMAT|DYNAMIC\s+TABLE|TRANSIENT\s+TABLE)S?\b",
    r"(?:STORAGE|API|NOTIFICATION)[\s_]+INTEGRATION\b|COPY\s+INTO\b|\bVARIANT\b|SYSTEM\$\w|METADATA\$\w|\bQUALIFY\b|\bFLATTEN\s*\(",
    r"EXECUTE\s+AS\s+(?:CALLER|OWNER)\b|LANGUAGE\s+(?:JAVASCRIPT|PYTHON)\b|TIMESTAMP_(?:NTZ|LTZ|TZ)\b|(?:FROM|LIST|INTO)\s+@[\w~%]",
)
_HIDDEN = frozenset({"comment", "string", "dollar", "quoted"})


def other_dialect(text: str) -> str:
    """The database that a text is written for; empty for Snowflake, and where nothing gives it away."""
    lowered = text.lower()
    likely = [(name, pattern) for name, first, pattern in _ONLY if first in lowered]
    if not likely and text.count("`") < 4:
        return ""
    seen = "".join(re.sub(r"[^\n]", " ", t.text) if t.kind in _HIDDEN else t.text for t in token_stream(text))
    name = next((name for name, pattern in likely if re.search(pattern, seen, _FLAGS)), "")
    if not name and len(re.findall(r"`[^`\n]+`", seen)) > 1:
        name = "MySQL, BigQuery or Spark"
    return "" if name and any(re.search(pattern, seen, _FLAGS) for pattern in _SNOWFLAKE) else name
