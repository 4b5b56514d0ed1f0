"""A graph as it is kept: pages of small records, one head; transcripts added, replaced and removed; read by search and by neighbourhood."""
