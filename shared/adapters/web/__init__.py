"""HTTP to strangers: what may be fetched (`address_guard`), over checked connections (`network_backend`), within bounds (`response_body`)."""
