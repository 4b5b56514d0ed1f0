"""Shared limits: never exceeded over all processes together, and used to the full while anybody waits.

limit.py                    what a resource allows
configured_limits.py        what the settings say of each
shared_limits.py            the port: one limiter per resource
resource_limiter.py         one resource in one process: who waits, who is served, who is put back and for how long
waiting_line.py             whose turn it is, and what goes before a newcomer
shared_bucket.py            grants from a bucket that all processes share: each leases stretches of its timelines
shared_timeline.py          one timeline: a document with one number
leased_capacity.py          the stretches that this process has leased, and when calls may be sent from them
daily_dollars.py            dollars a day of one account
provider_reported_window.py grants from windows that the provider keeps (Reddit)
rate_limit_headers.py       what answers say about the provider's limits
"""

from shared.engine.limits.limit import Limit
from shared.engine.limits.shared_limits import SharedLimits

__all__ = ["Limit", "SharedLimits"]
