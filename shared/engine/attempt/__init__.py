"""One attempt at a task: its arguments, the guard before paid calls, the run, the record, and what an end brings about."""
