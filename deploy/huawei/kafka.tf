# Values for the event "kafka" of serverless.yml. Switch both on together.

variable "kafka_instance_id" {
  description = "Id of the DMS for Kafka instance with the topic superseded-uploads. Console: Distributed Message Service, Kafka Instances"
  type        = string
}

variable "kafka_vpc_id" {
  description = "Id of the VPC of that instance. Console: the instance, Basic Information, Network"
  type        = string
}

variable "kafka_subnet_id" {
  description = "Id of the subnet of that instance. Console: the same place"
  type        = string
}
