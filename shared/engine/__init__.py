"""The engine: runs flows as tasks, once each, within their limits. It knows no pipeline and no vendor.

Rooms, lower ones first; each imports only from rooms above it in this list:

flow/      what a pipeline's `flow.py` is written in, and its rules
store/     paths, documents' fields, payloads, numbers that add up
task/      one task's envelope, context, claim and cache entry; dead letters
spending/  what calls use (the meter), what a job may spend (the budget)
limits/    limits shared by all processes: never exceeded, used to the full
fanout/    from a list to many tasks and back: pages, shard tree, outbox, join, combiners
job/       jobs accepted, controlled, summed up, ended
attempt/   one attempt at a task: arguments, call guard, run, record, what its end brings about
recovery/  the sweeper, repair of fan-outs, process drain, retention
trigger/   schedules and their slots, jobs that become due, documents that change

run_task.py and delivery_handler.py are the front door: one delivery, from the request to the answer.
"""
