resource "google_project_service" "api" {
  for_each           = toset(var.apis)
  service            = each.key
  disable_on_destroy = false
}

resource "google_artifact_registry_repository" "images" {
  repository_id = "headrace"
  location      = var.region
  format        = "DOCKER"
  docker_config {
    immutable_tags = true
  }
  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"
    most_recent_versions {
      keep_count = 20
    }
  }
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "7776000s"
    }
  }
  depends_on = [google_project_service.api]
}

# What an image and keys need to be there before services are made: `terraform apply -target=terraform_data.before_services`.
resource "terraform_data" "before_services" {
  depends_on = [
    google_artifact_registry_repository_iam_member.builder,
    google_project_iam_member.builder,
    google_secret_manager_secret.setting,
    google_storage_bucket_iam_member.builder,
  ]
}
