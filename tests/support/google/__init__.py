"""A Google Cloud project in memory, behind the REST interfaces that `headrace deploy check` and `teardown` ask."""
