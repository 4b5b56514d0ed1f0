"""Values as sources write them, read one way: level, dates, money."""
