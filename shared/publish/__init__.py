"""From an approved record to the outside, once: `post_states` says what may follow what, `publish_dispatcher` when it goes out, `channels` where."""
