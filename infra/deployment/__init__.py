"""What a Google Cloud project gets, from the registrations: the variables that `infra/terraform` is driven by, and what it costs."""
