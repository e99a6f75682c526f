# Makes both agencies, for accounts in which IAM allows it. Huawei does not allow it for most accounts, so by default you make
# the agencies by hand: docs/operations.md has the steps.

resource "huaweicloud_identity_role" "code" {
  name        = "${local.prefix}-code"
  description = "Cancel transcode tasks, and read the status of an asset"
  type        = "XA"
  policy = jsonencode({
    Version   = "1.1"
    Statement = [{ Effect = "Allow", Action = ["vod:asset:deleteProcessTask", "vod:asset:list"] }]
  })
}

resource "huaweicloud_identity_role" "platform" {
  name        = "${local.prefix}-platform"
  description = "Publish failed events, and write logs"
  type        = "XA"
  policy = jsonencode({
    Version = "1.1"
    Statement = [
      { Effect = "Allow", Action = ["smn:topic:publish"] },
      { Effect = "Allow", Action = ["lts:groups:get", "lts:topics:get", "lts:topics:create"] },
    ]
  })
}

resource "huaweicloud_identity_agency" "code" {
  name                   = local.code_agency
  description            = "The code of the functions"
  delegated_service_name = "op_svc_cff"
  enable_force_new       = "true"

  # By reference: the provider skips the name of a role that it does not find.
  project_role {
    project = local.region
    roles   = [huaweicloud_identity_role.code.name]
  }
}

resource "huaweicloud_identity_agency" "platform" {
  name                   = local.platform_agency
  description            = "FunctionGraph itself: logs and failed events"
  delegated_service_name = "op_svc_cff"
  enable_force_new       = "true"

  project_role {
    project = local.region
    roles   = [huaweicloud_identity_role.platform.name]
  }
}
