# Programs publish "this upload was superseded" here: a channel and a source of EventGrid, and the subscription of the
# function. FunctionGraph's own EventGrid trigger supports no custom source, so this is a subscription of EventGrid.

variable "eventgrid_agency" {
  description = "Agency with which EventGrid calls functions. EventGrid's console makes it when you first choose a function as target: Event Subscriptions"
  type        = string
  default     = "EG_TARGET_AGENCY"
}

resource "huaweicloud_eg_custom_event_channel" "uploads" {
  name        = "${local.prefix}-uploads"
  description = "Events about uploads"
}

resource "huaweicloud_eg_custom_event_source" "uploads" {
  channel_id  = huaweicloud_eg_custom_event_channel.uploads.id
  name        = "${local.prefix}-uploads"
  type        = "APPLICATION"
  description = "Programs that replace uploads"
}

resource "huaweicloud_eg_event_subscription" "superseded" {
  channel_id  = huaweicloud_eg_custom_event_channel.uploads.id
  name        = "${local.prefix}-superseded"
  description = "Superseded uploads, to ${local.names.cancel-superseded}"

  sources {
    # Without an id here, EventGrid makes a new one at each update.
    id            = uuidv5("dns", "source.${local.prefix}")
    provider_type = "CUSTOM"
    name          = huaweicloud_eg_custom_event_source.uploads.name
    filter_rule = jsonencode({
      source = [{ op = "StringIn", values = [huaweicloud_eg_custom_event_source.uploads.name] }]
      type   = [{ op = "StringIn", values = [local.superseded_event_type] }]
    })
  }

  targets {
    id            = uuidv5("dns", "target.${local.prefix}")
    provider_type = "OFFICIAL"
    name          = "HC.FunctionGraph"
    detail_name   = "detail"
    # ASYNC: EventGrid's work ends when FunctionGraph has accepted the event. Then the function's own policy applies.
    detail = jsonencode({
      urn         = local.functions.cancel-superseded.id
      invoke_type = "ASYNC"
      agency_name = var.eventgrid_agency
    })
    # The function reads the whole CloudEvent.
    transform = jsonencode({ type = "ORIGINAL", value = "" })
  }

  # EventGrid gets the name of the source as plain text, so Terraform does not know the order.
  depends_on = [huaweicloud_eg_custom_event_source.uploads]
}

output "event_channel_id" {
  description = "Channel to publish events to"
  value       = huaweicloud_eg_custom_event_channel.uploads.id
}

output "event_source" {
  description = "The source attribute of these events"
  value       = huaweicloud_eg_custom_event_source.uploads.name
}
