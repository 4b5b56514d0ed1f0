"""From an approved record to the outside, once: `post_states` says what may follow what, `publish_attempt` tries, `publish_dispatcher` says when, `channels` where."""
