"""For the tests of pipelines: port fakes, a world with a virtual clock, crashes at every commit, recorded model answers; a pytest plugin."""
