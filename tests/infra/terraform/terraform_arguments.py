"""Arguments of the provider's resources that we use: name and nesting, as its documentation of 7.45 has them. `dynamic` blocks count as theirs."""

from __future__ import annotations

ARGUMENTS: dict[str, str] = {
    "google_artifact_registry_repository": "cleanup_policies depends_on docker_config format location repository_id",
    "google_artifact_registry_repository cleanup_policies": "action condition id most_recent_versions",
    "google_artifact_registry_repository cleanup_policies condition": "older_than",
    "google_artifact_registry_repository cleanup_policies most_recent_versions": "keep_count",
    "google_artifact_registry_repository docker_config": "immutable_tags",
    "google_artifact_registry_repository_iam_member": "location member repository role",
    "google_billing_budget": "all_updates_rule amount billing_account budget_filter display_name threshold_rules",
    "google_billing_budget all_updates_rule": "monitoring_notification_channels",
    "google_billing_budget amount": "specified_amount",
    "google_billing_budget amount specified_amount": "units",
    "google_billing_budget budget_filter": "projects",
    "google_billing_budget threshold_rules": "threshold_percent",
    "google_cloud_run_v2_service": "deletion_protection ingress labels location name template",
    "google_cloud_run_v2_service template": "containers max_instance_request_concurrency scaling service_account timeout",
    "google_cloud_run_v2_service template containers": "env image resources startup_probe",
    "google_cloud_run_v2_service template containers env": "name value value_source",
    "google_cloud_run_v2_service template containers env value_source": "secret_key_ref",
    "google_cloud_run_v2_service template containers env value_source secret_key_ref": "secret version",
    "google_cloud_run_v2_service template containers resources": "cpu_idle limits startup_cpu_boost",
    "google_cloud_run_v2_service template containers startup_probe": "failure_threshold period_seconds tcp_socket",
    "google_cloud_run_v2_service template containers startup_probe tcp_socket": "port",
    "google_cloud_run_v2_service template scaling": "max_instance_count min_instance_count",
    "google_cloud_run_v2_service_iam_member": "location member name role",
    "google_cloud_scheduler_job": "attempt_deadline http_target name region retry_config schedule time_zone",
    "google_cloud_scheduler_job http_target": "http_method oidc_token uri",
    "google_cloud_scheduler_job http_target oidc_token": "audience service_account_email",
    "google_cloud_scheduler_job retry_config": "max_backoff_duration min_backoff_duration retry_count",
    "google_cloud_tasks_queue": "location name rate_limits retry_config stackdriver_logging_config",
    "google_cloud_tasks_queue rate_limits": "max_concurrent_dispatches max_dispatches_per_second",
    "google_cloud_tasks_queue retry_config": "max_attempts max_backoff max_doublings max_retry_duration min_backoff",
    "google_cloud_tasks_queue stackdriver_logging_config": "sampling_ratio",
    "google_cloud_tasks_queue_iam_member": "location member name role",
    "google_eventarc_trigger": "destination event_data_content_type location matching_criteria name service_account",
    "google_eventarc_trigger destination": "cloud_run_service",
    "google_eventarc_trigger destination cloud_run_service": "path region service",
    "google_eventarc_trigger matching_criteria": "attribute operator value",
    "google_firebaserules_release": "name ruleset_name",
    "google_firebaserules_ruleset": "source",
    "google_firebaserules_ruleset source": "files",
    "google_firebaserules_ruleset source files": "content name",
    "google_firestore_database": (
        "concurrency_mode database_edition delete_protection_state deletion_policy location_id name point_in_time_recovery_enablement type"
    ),
    "google_firestore_field": "collection database field index_config ttl_config",
    "google_firestore_field index_config": "indexes",
    "google_firestore_field index_config indexes": "order query_scope",
    "google_firestore_field ttl_config": "",
    "google_firestore_index": "collection database fields query_scope",
    "google_firestore_index fields": "field_path order",
    "google_logging_metric": "filter metric_descriptor name",
    "google_logging_metric metric_descriptor": "metric_kind unit value_type",
    "google_monitoring_alert_policy": "combiner conditions display_name documentation notification_channels",
    "google_monitoring_alert_policy conditions": "condition_absent condition_threshold display_name",
    "google_monitoring_alert_policy conditions condition_absent": "aggregations duration filter",
    "google_monitoring_alert_policy conditions condition_absent aggregations": (
        "alignment_period cross_series_reducer per_series_aligner"
    ),
    "google_monitoring_alert_policy conditions condition_threshold": (
        "aggregations comparison denominator_aggregations denominator_filter duration filter threshold_value"
    ),
    "google_monitoring_alert_policy conditions condition_threshold aggregations": (
        "alignment_period cross_series_reducer per_series_aligner"
    ),
    "google_monitoring_alert_policy conditions condition_threshold denominator_aggregations": (
        "alignment_period cross_series_reducer per_series_aligner"
    ),
    "google_monitoring_alert_policy documentation": "content",
    "google_monitoring_dashboard": "dashboard_json",
    "google_monitoring_notification_channel": "display_name labels type",
    "google_project_iam_member": "member project role",
    "google_project_service": "disable_on_destroy service",
    "google_secret_manager_secret": "deletion_protection replication secret_id",
    "google_secret_manager_secret replication": "auto",
    "google_secret_manager_secret replication auto": "",
    "google_secret_manager_secret_iam_member": "member role secret_id",
    "google_service_account": "account_id display_name",
    "google_service_account_iam_member": "member role service_account_id",
    "google_storage_bucket": (
        "force_destroy lifecycle_rule location name public_access_prevention soft_delete_policy uniform_bucket_level_access"
    ),
    "google_storage_bucket lifecycle_rule": "action condition",
    "google_storage_bucket lifecycle_rule action": "type",
    "google_storage_bucket lifecycle_rule condition": "age matches_prefix",
    "google_storage_bucket soft_delete_policy": "retention_duration_seconds",
    "google_storage_bucket_iam_member": "bucket member role",
    "terraform_data": "",
}
