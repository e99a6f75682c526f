# The alarms. Each alarm publishes to the topic "alarms". docs/operations.md says what to do about each alarm.

variable "alarm_user" {
  description = "Name of the IAM user in whose name LTS sends alarms. Console: Identity and Access Management, Users"
  type        = string
}

locals {
  # Searches in the log lines. LTS splits a line at punctuation, and a phrase (#"...") is words in this order, so
  # "level":"ERROR" is found as level ERROR, with any text before the line. The runbook in docs/operations.md has the same
  # searches. A test runs them over lines that the functions wrote.
  log_alarms = {
    failed-for-good = {
      keywords = "#\"level ERROR\" and #\"error code\""
      number   = 1
      minutes  = 5
      level    = "MAJOR"
      text     = "A cancel failed, and a retry does not help: a refusal, a setting, or a bug"
    }
    refused-key = {
      keywords = "#\"code CREDENTIALS_REFUSED_RECENTLY\" or #\"code VOD.10054\" or #\"code VST.10004\" or #\"code APIGW.0301\" or #\"code APIGW.0303\" or #\"code APIGW.0305\" or #\"code APIGW.0307\" or #\"code APIG.0301\" or #\"code APIG.0303\" or #\"code APIG.0305\" or #\"code APIG.0307\""
      number   = 1
      minutes  = 5
      level    = "CRITICAL"
      text     = "VOD refuses the key: nothing is cancelled"
    }
    unknown = {
      keywords = "#\"outcome unknown\""
      number   = 5
      minutes  = 60
      level    = "MINOR"
      text     = "Answers of VOD are lost, and a status read could not show the result"
    }
    pace = {
      keywords = "#\"code PACE_LIMIT\""
      number   = 50
      minutes  = 60
      level    = "MINOR"
      text     = "More assets are superseded than VOD allows to cancel"
    }
  }

  # A rule for each alarm and each stream.
  log_alarm_rules = merge([
    for stream, id in {
      cancel-http       = huaweicloud_lts_stream.cancel-http.id
      cancel-superseded = huaweicloud_lts_stream.cancel-superseded.id
    } : { for name, alarm in local.log_alarms : "${stream}-${name}" => merge(alarm, { stream_id = id }) }
  ]...)

  # Counts of the platform, which the log does not have.
  metric_alarms = {
    failures = {
      metric = "failcount"
      value  = 1
      level  = 2
      text   = "FunctionGraph counts a failed invocation"
    }
    rejections = {
      metric = "rejectcount"
      value  = 1
      level  = 2
      text   = "FunctionGraph refuses invocations: all instances are busy"
    }
  }
}

resource "huaweicloud_lts_keywords_alarm_rule" "log" {
  for_each = local.log_alarm_rules

  name                   = "${local.prefix}-${each.key}"
  description            = each.value.text
  alarm_level            = each.value.level
  send_notifications     = true
  notification_frequency = 60

  keywords_requests {
    keywords               = each.value.keywords
    condition              = ">="
    number                 = each.value.number
    log_group_id           = huaweicloud_lts_group.functions.id
    log_stream_id          = each.value.stream_id
    search_time_range      = each.value.minutes
    search_time_range_unit = "minute"
  }

  frequency {
    type            = "FIXED_RATE"
    fixed_rate      = 5
    fixed_rate_unit = "minute"
  }

  notification_save_rule {
    template_name = "keywords_template"
    user_name     = var.alarm_user
    language      = "en-us"

    topics {
      name      = huaweicloud_smn_topic.alarms.name
      topic_urn = huaweicloud_smn_topic.alarms.topic_urn
    }
  }
}

resource "huaweicloud_ces_alarmrule" "metric" {
  for_each = local.metric_alarms

  alarm_name           = "${local.prefix}-${each.key}"
  alarm_description    = each.value.text
  alarm_type           = "MULTI_INSTANCE"
  alarm_action_enabled = true

  metric {
    namespace = "SYS.FunctionGraph"
  }

  dynamic "resources" {
    for_each = local.functions

    content {
      dimensions {
        name  = "package-functionname"
        value = resources.value.dimension
      }
    }
  }

  condition {
    metric_name         = each.value.metric
    period              = 300
    filter              = "sum"
    comparison_operator = ">="
    value               = each.value.value
    count               = 1
    suppress_duration   = 3600
    alarm_level         = each.value.level
  }

  alarm_actions {
    type              = "notification"
    notification_list = [huaweicloud_smn_topic.alarms.topic_urn]
  }
}
