# The log group of both functions, a stream for each. LTS charges by volume and by day.

resource "huaweicloud_lts_group" "functions" {
  group_name  = local.prefix
  ttl_in_days = 30
}

resource "huaweicloud_lts_stream" "cancel-http" {
  group_id    = huaweicloud_lts_group.functions.id
  stream_name = local.names.cancel-http
}

resource "huaweicloud_lts_stream" "cancel-superseded" {
  group_id    = huaweicloud_lts_group.functions.id
  stream_name = local.names.cancel-superseded
}
