"""From a list to many tasks and back to one: items in pages, the shard tree, the outbox, joins, combiners."""
