# The gateway in front of cancel-http. osls compiles the API itself from the event "apig" in serverless.yml. This file has
# the resources around it.

variable "apig_instance_id" {
  description = "Id of your dedicated APIG gateway, in the region of the functions. Console: API Gateway, Gateways, Basic Information"
  type        = string
}

locals {
  # Every gateway has the environment RELEASE, with this id.
  apig_environment_id = "DEFAULT_ENVIRONMENT_RELEASE_ID"
}

resource "huaweicloud_apig_group" "cancel" {
  instance_id = var.apig_instance_id
  name        = replace(local.prefix, "-", "_")
  description = "Cancels queued transcode tasks of VOD assets"
}

# One app for the callers. Its key and secret are in the state, and in APIG's console under Credentials.
resource "huaweicloud_apig_application" "caller" {
  instance_id = var.apig_instance_id
  name        = replace("${local.prefix}-caller", "-", "_")
  description = "May call ${local.names.cancel-http}"

  # Without it the provider refuses to move to another gateway.
  enable_force_new = "true"
}

resource "huaweicloud_apig_application_authorization" "caller" {
  instance_id    = var.apig_instance_id
  application_id = huaweicloud_apig_application.caller.id
  env_id         = local.apig_environment_id
  api_ids        = [huaweicloud_apig_api.cancel-http-apig.id]

  # Only a published API can be authorised.
  depends_on = [huaweicloud_apig_api_publishment.cancel-http-apig]
}

# More calls than VOD allows the tenant only cost money.
resource "huaweicloud_apig_throttling_policy" "cancel" {
  instance_id      = var.apig_instance_id
  name             = replace("${local.prefix}-http", "-", "_")
  description      = "VOD allows a tenant 100 cancels a minute"
  type             = "API-based"
  period           = 1
  period_unit      = "MINUTE"
  max_api_requests = 100
}

resource "huaweicloud_apig_throttling_policy_associate" "cancel" {
  instance_id = var.apig_instance_id
  policy_id   = huaweicloud_apig_throttling_policy.cancel.id
  publish_ids = [huaweicloud_apig_api_publishment.cancel-http-apig.publish_id]
}

output "api" {
  description = "The API. Its address is the sub-domain of the group (see APIG's console) and this path"
  value = {
    group  = huaweicloud_apig_group.cancel.id
    method = huaweicloud_apig_api.cancel-http-apig.request_method
    path   = huaweicloud_apig_api.cancel-http-apig.request_path
    app    = huaweicloud_apig_application.caller.id
  }
}
