"""CREATE VIEW."""

from snowpipe_deploy.sqltext.clauses._policies import POLICIES
from snowpipe_deploy.sqltext.head import Clause, flag, options, text_setting, value

CLAUSES = (
    Clause("COPY GRANTS", flag),
    Clause("CHANGE_TRACKING", value, alter="SET CHANGE_TRACKING = {value}"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)

# read wherever they stand, but not deployed
ALSO = POLICIES
