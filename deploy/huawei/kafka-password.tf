# The user of a Kafka instance with SASL. Switch it on together with user and password of the event "kafka".

variable "kafka_user" {
  description = "User of the Kafka instance that may read the topic. Console: the instance, Users"
  type        = string
}

variable "kafka_password" {
  description = "Password of that user, encrypted with the default key of KMS. Console: Data Encryption Workshop, Key Management Service, Encrypt"
  type        = string
  sensitive   = true
}
