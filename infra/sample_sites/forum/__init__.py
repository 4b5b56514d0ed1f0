"""The sample forum: posts by file and by generator, its search, its API and its rate limit; Hacker News beside it."""
