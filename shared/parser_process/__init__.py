"""Strangers' bytes parsed in a process of its own, with limits of time and memory.

run_in_child.py   what a stage calls: the call goes to a child, its answer or its end comes back
child_main.py     the child: reads calls, keeps to the limits, writes answers
data_pickle.py    what may come back: data, and our own errors
"""
