"""What a user's engagements say: weighed by action and age, capped, gathered in up to four medoids."""
