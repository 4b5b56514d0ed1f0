"""What starts work by itself: schedules with their slots, jobs that become due, documents that change."""
