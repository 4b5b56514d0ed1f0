"""The candidate's own CV and stories: read from a file, matched to what is likely to be asked. Nothing of it is kept in a cache."""
