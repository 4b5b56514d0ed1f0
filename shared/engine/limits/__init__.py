"""Shared limits: never exceeded over all processes together, and used to the full while anybody waits.

limit.py     what a resource allows
shared.py    the port: a waiting line and a source of grants per resource
resource.py  one resource in one process: who waits, who is served, who is put back
line.py      whose turn it is
bucket.py    grants from a bucket that all processes share: stretches of a timeline (timeline.py), dollars (dollars.py)
window.py    grants from windows that the provider keeps
headers.py   what answers say
"""

from shared.engine.limits.limit import Limit
from shared.engine.limits.shared_limits import SharedLimits

__all__ = ["Limit", "SharedLimits"]
