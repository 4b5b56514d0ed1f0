"""HTTP to strangers: what may be fetched (`guard`), over checked connections (`backend`), within bounds (`body`)."""
