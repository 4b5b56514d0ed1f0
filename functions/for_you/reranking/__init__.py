"""From good episodes to a good feed: no series too often, every chosen interest in its place, like with unlike, something new."""
