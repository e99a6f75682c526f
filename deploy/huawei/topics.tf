# The topics for people: events that failed too often, and alarms.

variable "notification_email" {
  description = "Address that gets alarms and failed events. SMN sends it a link to confirm. If it is empty, no address is subscribed, and SMN keeps no failed events"
  type        = string
  default     = ""
}

# FunctionGraph publishes an event here after its last retry, with the agency of the platform.
resource "huaweicloud_smn_topic" "failed" {
  name         = "${local.prefix}-failed"
  display_name = "Superseded uploads that were not cancelled"
}

resource "huaweicloud_smn_topic" "alarms" {
  name         = "${local.prefix}-alarms"
  display_name = "Alarms of ${local.prefix}"
}

resource "huaweicloud_smn_subscription" "email" {
  for_each = var.notification_email == "" ? {} : {
    failed = huaweicloud_smn_topic.failed.id
    alarms = huaweicloud_smn_topic.alarms.id
  }

  topic_urn = each.value
  protocol  = "email"
  endpoint  = var.notification_email
}

output "failed_events_topic" {
  description = "Topic of failed events. Subscribe the person who sends them again"
  value       = huaweicloud_smn_topic.failed.topic_urn
}
