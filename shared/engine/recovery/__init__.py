"""What crashes and ends leave behind: the sweeper, repair of fan-outs, draining of a process, retention."""
