package settings

import "strings"

// Variable is the environment variable of a flag or other setting.
func Variable(flag string) string { return "ESHOPCTL_" + strings.ToUpper(keyOf(flag)) }

// keyOf is the key of a flag in the configuration file.
func keyOf(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

// keyFile is the key of the setting that names the file of the key.
const keyFile = "key_file"

// OnlyTyped is the annotation of a flag that counts only when it is typed, and never from a
// variable or the configuration.
const OnlyTyped = "only typed"
