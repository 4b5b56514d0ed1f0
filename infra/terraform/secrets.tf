# The places alone: values are put in by people (`gcloud secrets versions add`), and never pass through Terraform's state.
resource "google_secret_manager_secret" "setting" {
  for_each            = toset(var.secrets)
  secret_id           = lower(replace(each.key, "_", "-"))
  deletion_protection = var.deletion_protection
  replication {
    auto {}
  }
  depends_on = [google_project_service.api]
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = merge([
    for role, may in local.roles : {
      for secret in may.secrets : "${role}.${secret}" => { role = role, secret = secret }
      if contains(keys(var.secret_versions), secret)
    }
  ]...)
  secret_id = google_secret_manager_secret.setting[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.role[each.value.role].member
}
