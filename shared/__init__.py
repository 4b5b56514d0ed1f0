"""What the functions share. Whatever imports of it, in whichever process, first has its time zones pinned."""

from shared import time_zones

time_zones.use_pinned()
