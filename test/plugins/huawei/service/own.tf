variable "needed" {
  description = "What it is. Console: where it is"
  type        = string
}

variable "optional" {
  type    = string
  default = ""
}
