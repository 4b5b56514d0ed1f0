"""Questions that may wait a day: gathered into the provider's batches, waited for without holding anything, harvested one by one."""
