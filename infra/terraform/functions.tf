locals {
  services = var.services[var.size]
  roles    = var.roles[var.size]
  # Who fetches strangers' pages may do nothing: it is none of those who work.
  workers = { for name, role in local.roles : name => role if name != "fetcher" }

  # Cloud Run gives each service this address, besides one that only it knows.
  origin = "https://%s-${data.google_project.this.number}.${var.region}.run.app"
  serves = merge([for name, service in local.services : { for function in service.functions : function => name }]...)
  # A group's functions are told apart by their path.
  paths    = merge([for service in local.services : { for function in service.functions : function => service.target == "function_group" ? "/${function}" : "" }]...)
  function = { for function, service in local.serves : function => "${format(local.origin, service)}${local.paths[function]}" }

  # Another service's call comes from outside as Cloud Run sees it, so the fetcher's door is open to that, and to these accounts alone.
  fetching = join(",", [for name in keys(local.workers) : google_service_account.role[name].email])

  environment = merge(var.settings, var.extra_settings, {
    HEADRACE_PROFILE           = "cloud"
    GOOGLE_CLOUD_PROJECT       = var.project
    HEADRACE_LOCATION          = var.region
    HEADRACE_DATABASE          = google_firestore_database.this.name
    HEADRACE_BUCKET            = google_storage_bucket.files.name
    HEADRACE_FUNCTION_URL      = "${format(local.origin, "{service}")}${var.size == "small" ? "/{function}" : ""}"
    HEADRACE_FUNCTION_SERVICES = var.size == "small" ? join(",", [for function, service in local.serves : "${function}=${service}"]) : ""
    HEADRACE_TASKS_ACCOUNT     = google_service_account.caller["tasks"].email
    HEADRACE_CALLERS           = "${google_service_account.caller["schedules"].email},${google_service_account.caller["triggers"].email}"
    HEADRACE_FETCH_FUNCTION    = "page_fetcher"
    # Queues and schedules ask for a token for the service; Eventarc for the address that it calls.
    HEADRACE_AUDIENCES = join(",", [format(local.origin, "{service}"), "${format(local.origin, "{service}")}/", "${format(local.origin, "{service}")}/{function}"])
  })
}

resource "google_cloud_run_v2_service" "function" {
  for_each            = local.services
  name                = each.key
  location            = var.region
  ingress             = each.value.public || each.value.role == "fetcher" ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_ONLY"
  deletion_protection = var.deletion_protection
  labels              = { app = "headrace", role = each.value.role }

  template {
    service_account                  = google_service_account.role[each.value.role].email
    timeout                          = "${each.value.timeout}s"
    max_instance_request_concurrency = local.roles[each.value.role].concurrency

    scaling {
      min_instance_count = 0
      max_instance_count = each.value.max_instances
    }

    containers {
      image = var.image
      resources {
        limits            = { cpu = local.roles[each.value.role].cpu, memory = local.roles[each.value.role].memory }
        cpu_idle          = true
        startup_cpu_boost = true
      }
      startup_probe {
        period_seconds    = 2
        failure_threshold = 60
        tcp_socket {
          port = 8080
        }
      }
      env {
        name  = "FUNCTION_TARGET"
        value = each.value.target
      }
      # A group is called for its functions: whether Cloud Run lets strangers in is the same for all of them.
      env {
        name  = "HEADRACE_IAM_CHECKED"
        value = each.value.public ? "0" : "1"
      }
      dynamic "env" {
        for_each = merge(local.environment, each.value.role == "fetcher" ? { HEADRACE_CALLERS = local.fetching } : {})
        content {
          name  = env.key
          value = env.value
        }
      }
      dynamic "env" {
        for_each = [for secret in local.roles[each.value.role].secrets : secret if contains(keys(var.secret_versions), secret)]
        content {
          name = env.value
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.setting[env.value].secret_id
              version = var.secret_versions[env.value]
            }
          }
        }
      }
    }
  }

  # Which revision serves, and its image, is the delivery's to say.
  lifecycle {
    precondition {
      condition     = var.image != ""
      error_message = "There is no image yet: build one (README, Deploy), and name it as `image`."
    }
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }

  depends_on = [google_secret_manager_secret_iam_member.reader, google_project_iam_member.documents]
}
