"""The dashboard at `/`: one page without a build step, served with the HTTP API behind it, so that it asks nobody else."""
