"""The demo's outside world on loopback: job pages, a Reddit-shaped forum, Hacker News, feeds, logos.

Everything is invented. Companies live under `.example`, post ids start with `zz`, far beyond any that exist.
"""
