# Value for the event "smn" of serverless.yml. Switch both on together.

variable "superseded_topic_urn" {
  description = "URN of the SMN topic with messages about superseded uploads. Console: Simple Message Notification, Topics"
  type        = string
}
