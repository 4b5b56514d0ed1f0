"""What the functions share. Whatever imports of it, in whichever process, first has its log library made light and its time zones pinned."""

from shared import logs as logs
from shared import tzdata_setup

tzdata_setup.use_pinned()
