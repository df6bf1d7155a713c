package settings

import "strings"

// Variable is the variable of a flag, or of a setting that is none.
func Variable(flag string) string { return "ESHOPCTL_" + strings.ToUpper(keyOf(flag)) }

// keyOf is the key of a flag in the configuration file.
func keyOf(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

// keyFile is the key of the setting that names the file of the key.
const keyFile = "key_file"

// OnlyTyped is the annotation of a flag that counts when it is typed with the
// command, and never from a variable or the configuration.
const OnlyTyped = "only typed"
