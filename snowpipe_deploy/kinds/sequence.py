"""Sequences: replacing one starts it again."""

from snowpipe_deploy.kind import Facts, Kind, Row, Shown, show_key, side_by_side, text_of
from snowpipe_deploy.model import ObjectKey, Reading


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "interval", "ordered", "comment")


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT")
    if "interval" in facts:
        found["interval"] = Shown("INCREMENT", str(reading.get("INCREMENT", "1")), facts["interval"])
    if "ordered" in facts and {"ORDER", "NOORDER"} & reading.keys():  # the account says what is meant without a word
        wanted = "ORDER" if "ORDER" in reading else "NOORDER"
        found["ordered"] = Shown(wanted, wanted, "ORDER" if facts["ordered"] in {"Y", "true"} else "NOORDER")
    return found


KIND = Kind(
    "SEQUENCE",
    show="SHOW SEQUENCES IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("SEQUENCE"),
    replace_hazards=("loses-grants", "resets-sequence"),
    unknowable=("its START",),
)
