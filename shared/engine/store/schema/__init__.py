"""The engine's documents, field by field: what writers write and readers find. `docs/data.md` says who does, and until when.

Times are POSIX seconds (UTC). Dollars are millionths (`usd_micros`), so that sums stay exact, except where a field says `usd`.
What `…Change` holds is written while a document lives; the rest stays as it began. `expires_at` is missing where nothing expires.
"""
