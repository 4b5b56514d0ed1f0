"""What people who watch over jobs look at: waterfalls, tasks, failures, limits, kept results, schedules, throughput."""
