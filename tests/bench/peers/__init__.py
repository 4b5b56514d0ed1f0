"""The same work done by others: each module is one way of doing it, run in `.venv-peers`. See `compare`.

`python -m tests.bench.peers.NAME worker` is a worker process (ways that have a queue); `… submit` starts the work, waits
for its join and prints one line of JSON: `Done`. What is to be done stands in the environment's BENCH_WORK.
"""
