resource "google_cloud_scheduler_job" "schedule" {
  for_each         = var.schedules
  name             = replace(each.key, "_", "-")
  region           = var.region
  schedule         = each.value.cron
  time_zone        = each.value.zone
  attempt_deadline = "60s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "15s"
    max_backoff_duration = "60s"
  }

  http_target {
    uri         = local.function[each.key]
    http_method = "POST"
    oidc_token {
      service_account_email = google_service_account.caller["schedules"].email
      audience              = format(local.origin, local.serves[each.key])
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.schedules]
}
