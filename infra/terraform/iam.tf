# One account per role, and one for each kind of caller. Nobody gets a role over the project that one thing's own would do for.

resource "google_service_account" "role" {
  for_each     = local.roles
  account_id   = "headrace-${each.key}"
  display_name = "Headrace: ${each.key}"
  depends_on   = [google_project_service.api]
}

resource "google_service_account" "caller" {
  for_each     = toset(["tasks", "schedules", "triggers"])
  account_id   = "headrace-call-${each.key}"
  display_name = "Headrace: what ${each.key} call functions as"
  depends_on   = [google_project_service.api]
}

# Every role but the fetcher's, which has none, records its own tasks' results.
resource "google_project_iam_member" "documents" {
  for_each = local.workers
  project  = var.project
  role     = "roles/datastore.user"
  member   = google_service_account.role[each.key].member
}

resource "google_storage_bucket_iam_member" "files" {
  for_each = local.workers
  bucket   = google_storage_bucket.files.name
  role     = "roles/storage.objectUser"
  member   = google_service_account.role[each.key].member
}

# Results name what follows: every role enqueues, in these queues alone, as the account that tasks are called by.
resource "google_cloud_tasks_queue_iam_member" "enqueuer" {
  for_each = { for pair in setproduct(keys(local.workers), keys(var.queues)) : join(".", pair) => { role = pair[0], queue = pair[1] } }
  name     = google_cloud_tasks_queue.lane[each.value.queue].name
  location = var.region
  role     = "roles/cloudtasks.enqueuer"
  member   = google_service_account.role[each.value.role].member
}

resource "google_service_account_iam_member" "as_tasks" {
  for_each           = local.workers
  service_account_id = google_service_account.caller["tasks"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.role[each.key].member
}

# The API signs addresses of files; on Cloud Run that is done with its own account's name.
resource "google_service_account_iam_member" "signer" {
  service_account_id = google_service_account.role["api"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.role["api"].member
}

resource "google_cloud_run_v2_service_iam_member" "tasks" {
  for_each = { for name, service in local.services : name => service if !service.public && service.role != "fetcher" }
  name     = google_cloud_run_v2_service.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.caller["tasks"].member
}

resource "google_cloud_run_v2_service_iam_member" "schedules" {
  for_each = toset([for function in keys(var.schedules) : local.serves[function]])
  name     = google_cloud_run_v2_service.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.caller["schedules"].member
}

resource "google_cloud_run_v2_service_iam_member" "triggers" {
  for_each = toset([for function in keys(var.triggers) : local.serves[function]])
  name     = google_cloud_run_v2_service.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.caller["triggers"].member
}

resource "google_cloud_run_v2_service_iam_member" "fetching" {
  for_each = { for pair in setproduct([for name, service in local.services : name if service.role == "fetcher"], keys(local.workers)) : join(".", pair) => pair }
  name     = google_cloud_run_v2_service.function[each.value[0]].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.role[each.value[1]].member
}

# Only where traces and metrics are sent to Google.
resource "google_project_iam_member" "telemetry" {
  for_each = {
    for pair in setproduct(lookup(local.environment, "HEADRACE_TELEMETRY", "") == "google" ? keys(local.workers) : [], ["tracesWriter", "metricsWriter"]) :
    join(".", pair) => pair
  }
  project = var.project
  role    = "roles/telemetry.${each.value[1]}"
  member  = google_service_account.role[each.value[0]].member
}

resource "google_project_iam_member" "event_receiver" {
  project = var.project
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.caller["triggers"].member
}

# What `cloudbuild.yaml` runs as: it pushes images, lists what is in them, and makes revisions of services that run as their own roles.
resource "google_service_account" "builder" {
  account_id   = "headrace-builder"
  display_name = "Headrace: builds and releases"
  depends_on   = [google_project_service.api]
}

resource "google_project_iam_member" "builder" {
  for_each = toset(["roles/run.developer", "roles/logging.logWriter", "roles/containeranalysis.notes.editor", "roles/containeranalysis.occurrences.editor"])
  project  = var.project
  role     = each.key
  member   = google_service_account.builder.member
}

resource "google_artifact_registry_repository_iam_member" "builder" {
  repository = google_artifact_registry_repository.images.repository_id
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.builder.member
}

resource "google_storage_bucket_iam_member" "builder" {
  bucket = google_storage_bucket.builds.name
  role   = "roles/storage.objectAdmin"
  member = google_service_account.builder.member
}

resource "google_service_account_iam_member" "builder" {
  for_each           = local.roles
  service_account_id = google_service_account.role[each.key].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.builder.member
}

# Its smoke test is a user of the API.
resource "google_secret_manager_secret_iam_member" "builder" {
  secret_id = google_secret_manager_secret.setting["HEADRACE_API_KEY"].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.builder.member
}

# The one door that is open: the API asks people for their key itself.
resource "google_cloud_run_v2_service_iam_member" "public" {
  for_each = { for name, service in local.services : name => service if service.public }
  name     = google_cloud_run_v2_service.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}
