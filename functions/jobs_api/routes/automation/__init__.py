"""What goes on without somebody at a desk: jobs that recur, questions that stages ask, and what is told by webhooks and mail."""
