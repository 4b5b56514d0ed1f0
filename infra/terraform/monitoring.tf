resource "google_monitoring_notification_channel" "email" {
  display_name = "Headrace"
  type         = "email"
  labels       = { email_address = var.alert_email }
  depends_on   = [google_project_service.api]
}

locals {
  ours = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(${join(" OR ", [for name in keys(local.services) : "\"${name}\""])})"

  # The runbook has a section of the same name for each of those below.
  seen = { for name, line in var.counted_lines : name => line.alert if line.alert != "" }

  # By measure: what is compared, how it is put together, and the bound.
  measured = {
    old_tasks = {
      text    = "Tasks wait in a queue for more than ten minutes after they were due."
      filter  = "resource.type=\"cloud_tasks_queue\" AND metric.type=\"cloudtasks.googleapis.com/queue/task_attempt_delays\""
      aligner = "ALIGN_PERCENTILE_99"
      reducer = "REDUCE_MAX"
      above   = 600000
      seconds = 600
    }
    deep_queues = {
      text    = "A queue holds more than 100,000 tasks."
      filter  = "resource.type=\"cloud_tasks_queue\" AND metric.type=\"cloudtasks.googleapis.com/queue/depth\""
      aligner = "ALIGN_MAX"
      reducer = "REDUCE_MAX"
      above   = 100000
      seconds = 600
    }
  }
}

resource "google_logging_metric" "line" {
  for_each = var.counted_lines
  name     = "headrace/${each.key}"
  filter = join(" AND ", concat(
    [local.ours, "jsonPayload.message=(${join(" OR ", [for message in each.value.messages : "\"${message}\""])})"],
    each.value.pipeline == "" ? [] : ["jsonPayload.pipeline=\"${each.value.pipeline}\""],
  ))
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }
  depends_on = [google_project_service.api]
}

resource "google_monitoring_alert_policy" "seen" {
  for_each              = local.seen
  display_name          = "Headrace: ${each.key}"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.name]
  conditions {
    display_name = each.value
    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.line[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "${each.value} What to do: docs/runbook/alerts.md#${each.key}."
  }
}

resource "google_monitoring_alert_policy" "measured" {
  for_each              = local.measured
  display_name          = "Headrace: ${each.key}"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.name]
  conditions {
    display_name = each.value.text
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "${each.value.seconds}s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
      }
    }
  }
  documentation {
    content = "${each.value.text} What to do: docs/runbook/alerts.md#${each.key}."
  }
}

resource "google_monitoring_alert_policy" "error_share" {
  display_name          = "Headrace: error_share"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.name]
  conditions {
    display_name = "More than 5 % of requests end with a server error."
    condition_threshold {
      filter             = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\""
      denominator_filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/request_count\""
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "More than 5 % of requests end with a server error. What to do: docs/runbook/alerts.md#error_share."
  }
}

# What keeps jobs from hanging is called by the clock: a schedule that is paused, a door that is shut or a function that is gone is no error anywhere.
resource "google_monitoring_alert_policy" "clock_stopped" {
  display_name          = "Headrace: clock_stopped"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.name]
  conditions {
    display_name = "The sweep, which runs every minute, has not run for ten."
    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${local.serves["upkeep_sweep"]}\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"2xx\""
      duration = "600s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    content = "The sweep, which runs every minute, has not run for ten. What to do: docs/runbook/alerts.md#clock_stopped."
  }
}

locals {
  tiles = [
    { title = "Requests by service, a second", metric = "run.googleapis.com/request_count", resource = "cloud_run_revision", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
    { title = "Latency by service, 95 %", metric = "run.googleapis.com/request_latencies", resource = "cloud_run_revision", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = "resource.label.service_name" },
    { title = "Instances by service", metric = "run.googleapis.com/container/instance_count", resource = "cloud_run_revision", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
    { title = "Tasks waiting by queue", metric = "cloudtasks.googleapis.com/queue/depth", resource = "cloud_tasks_queue", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = "resource.label.queue_id" },
    { title = "Documents read, a second", metric = "firestore.googleapis.com/document/read_ops_count", resource = "firestore.googleapis.com/Database", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "metric.label.type" },
    { title = "Documents written, a second", metric = "firestore.googleapis.com/document/write_ops_count", resource = "firestore.googleapis.com/Database", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "metric.label.op" },
  ]
}

resource "google_monitoring_dashboard" "this" {
  dashboard_json = jsonencode({
    displayName = "Headrace"
    mosaicLayout = {
      columns = 12
      tiles = [for index, tile in local.tiles : {
        xPos = index % 2 * 6, yPos = floor(index / 2) * 4, width = 6, height = 4
        widget = {
          title = tile.title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = { timeSeriesFilter = {
                filter      = "metric.type=\"${tile.metric}\" AND resource.type=\"${tile.resource}\""
                aggregation = { alignmentPeriod = "60s", perSeriesAligner = tile.aligner, crossSeriesReducer = tile.reducer, groupByFields = [tile.by] }
              } }
            }]
          }
        }
      }]
    }
  })
  depends_on = [google_project_service.api]
}
