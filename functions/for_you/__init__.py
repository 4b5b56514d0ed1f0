"""A user's engagements become a feed of episodes: ranked, varied, explained, and ready before it is asked for.

in:  episodes, users, engagements (`headrace import`, `POST /api/v1/engagements`)
     a job: read_catalogue -> embed_episodes (only new texts) -> build_snapshot -> make_session
     between jobs: an engagement or an edited user refreshes that user's queue (`sessions/refresh.py`)
out: `POST /api/sessions/create`: a session served from the queue in one round trip; `GET /api/v1/sessions/{id}`: its next items
"""
