"""Sample job pages and the applicant systems' APIs."""
