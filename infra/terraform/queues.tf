# A queue per lane and kind. Rates protect the services; the providers' limits are kept by the engine, over all queues together.
resource "google_cloud_tasks_queue" "lane" {
  for_each = var.queues
  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = each.value.rate
    max_concurrent_dispatches = each.value.concurrency
  }

  # A task goes when both its attempts and this time are spent; no time means that attempts decide alone.
  retry_config {
    max_attempts       = each.value.attempts
    max_retry_duration = "0s"
    min_backoff        = "${each.value.min_backoff}s"
    max_backoff        = "${each.value.max_backoff}s"
    max_doublings      = 8
  }

  stackdriver_logging_config {
    sampling_ratio = 0.01
  }

  depends_on = [google_project_service.api]
}
