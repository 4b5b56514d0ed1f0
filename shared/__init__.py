"""What the functions share. Whatever imports of it, in whichever process, first has its log library made light and its time zones pinned."""

from shared import logs as logs
from shared import time_zones

time_zones.use_pinned()
