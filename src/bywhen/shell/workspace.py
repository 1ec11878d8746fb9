"""Opening a workspace from the command line: environment, Django, database schema.

What does not live here: the settings themselves (``settings``).
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from bywhen.kernel.clock import FrozenClock, process_clock_set
from bywhen.kernel.errors import DateUnreadableError
