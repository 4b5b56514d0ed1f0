"""Kinds of jobs: what a week of preparation and a checklist are for each, as packs of text in `packs/` that anybody can add to."""
