# What is chosen by hand stands first; what `headrace infra export` writes to headrace.auto.tfvars.json, last.

variable "project" {
  type        = string
  description = "The Google Cloud project, made for Headrace alone: one for production, one for staging."
}

variable "region" {
  type        = string
  default     = "us-central1"
  description = "Region of services, queues, schedules, files and the database."
}

variable "size" {
  type        = string
  default     = "small"
  description = "small: five services by weight, scaled to zero. large: a service for each stage."
  validation {
    condition     = contains(["small", "large"], var.size)
    error_message = "The size is small or large."
  }
}

variable "image" {
  type        = string
  default     = ""
  description = "The image that services are made with, by digest: REGION-docker.pkg.dev/PROJECT/headrace/headrace@sha256:... Releases give newer ones."
  validation {
    condition     = var.image == "" || can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "The image is named by its digest."
  }
}

variable "secret_versions" {
  type        = map(string)
  description = "The version in use of each secret that there is, by setting: { HEADRACE_API_KEY = \"1\", OPENAI_API_KEY = \"1\" }."
  validation {
    condition     = alltrue([for version in values(var.secret_versions) : can(regex("^[0-9]+$", version))])
    error_message = "Versions are numbers: `latest` would change under a running service."
  }
  validation {
    condition     = contains(keys(var.secret_versions), "HEADRACE_API_KEY")
    error_message = "HEADRACE_API_KEY is needed: without it the API does not start."
  }
}

variable "extra_settings" {
  type        = map(string)
  default     = {}
  description = "Further settings of docs/settings.md for every service. Limits belong into the export, which makes the queues from them."
}

variable "alert_email" {
  type        = string
  description = "Who is told when an alert fires or the budget is reached."
}

variable "billing_account" {
  type        = string
  description = "The billing account that the budget watches: 012345-6789AB-CDEF01."
}

variable "monthly_budget" {
  type        = number
  default     = 50
  description = "What Google Cloud may cost a month, whole units of the billing account's own currency: told of at 50, 90 and 100 %. Models are billed elsewhere: see HEADRACE_OPENAI_USD_DAY."
}

variable "deletion_protection" {
  type        = bool
  default     = true
  description = "Whether services, secrets and the database refuse to be destroyed. A teardown sets it to false first."
}

variable "apis" {
  type        = list(string)
  description = "Google's APIs that are switched on; they stay on when everything else is destroyed."
}

variable "services" {
  type = map(map(object({
    role          = string
    functions     = list(string)
    target        = string
    timeout       = number
    max_instances = number
    public        = bool
  })))
  description = "By size: each service, the role it runs as, and the functions it serves. Seconds."
}

variable "roles" {
  type = map(map(object({
    secrets     = list(string)
    concurrency = number
    memory      = string
    cpu         = string
  })))
  description = "By size: what each role may read, and how large its instances are."
}

variable "secrets" {
  type        = list(string)
  description = "Settings that are secrets."
}

variable "queues" {
  type = map(object({
    rate        = number
    concurrency = number
    attempts    = number
    min_backoff = number
    max_backoff = number
  }))
  description = "A queue per lane and kind: starts a second, deliveries at once, attempts, seconds between them."
}

variable "schedules" {
  type        = map(object({ cron = string, zone = string }))
  description = "When each scheduled function is called."
}

variable "triggers" {
  type        = map(object({ document = string }))
  description = "The documents whose changes each function hears of."
}

variable "indexes" {
  type = map(object({
    collection = string
    fields     = list(object({ field = string, order = string }))
  }))
  description = "Composite indexes."
}

variable "fields" {
  type = map(object({
    collection = string
    field      = string
    orders     = list(string)
    ttl        = bool
  }))
  description = "Fields with their own indexes, or none, and those that say when a document expires."
}

variable "counted_lines" {
  type        = map(object({ messages = list(string), pipeline = string, alert = string }))
  description = "Lines of the log that are counted, by their `message`, of one pipeline or of all; `alert` says what one means."
}

variable "lifecycles" {
  type        = list(object({ prefix = string, days = number }))
  description = "Files that are deleted by their age."
}

variable "collections_kept" {
  type        = map(string)
  description = "Collections whose documents never expire, each with the reason."
}

variable "settings" {
  type        = map(string)
  default     = {}
  description = "Settings that were set when the variables were exported."
}
