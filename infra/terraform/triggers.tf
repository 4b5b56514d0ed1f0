resource "google_eventarc_trigger" "document" {
  for_each                = var.triggers
  name                    = replace(each.key, "_", "-")
  location                = google_firestore_database.this.location_id
  service_account         = google_service_account.caller["triggers"].email
  event_data_content_type = "application/protobuf"

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.firestore.document.v1.written"
  }
  matching_criteria {
    attribute = "database"
    value     = google_firestore_database.this.name
  }
  matching_criteria {
    attribute = "document"
    value     = each.value.document
    operator  = "match-path-pattern"
  }

  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.function[local.serves[each.key]].name
      region  = var.region
      path    = local.paths[each.key] == "" ? "/" : local.paths[each.key]
    }
  }

  depends_on = [google_project_iam_member.event_receiver, google_cloud_run_v2_service_iam_member.triggers]
}
