package settings

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/terminal"
)

// AskedOutput is the output form that was asked for, found before flags are parsed, so that
// an error about them is printed in that form.
func AskedOutput(env terminal.Env) string {
	output, next := env.Getenv(Variable("output")), false
	for _, arg := range env.Args {
		long, isLong := strings.CutPrefix(arg, "--output=")
		short, isShort := shortOutput(arg)
		switch {
		case next:
			output, next = arg, false
		case arg == "--output" || isShort && short == "":
			next = true
		case isLong:
			output = long
		case isShort:
			output = strings.TrimPrefix(short, "=")
		}
	}
	return output
}

// shortOutput is what stands behind -o in a word of short flags: json in -qojson, "" in
// -qo, whose value is the next word.
func shortOutput(word string) (rest string, found bool) {
	letters, isShort := strings.CutPrefix(word, "-")
	before, rest, found := strings.Cut(letters, "o")
	return rest, isShort && found && strings.Trim(before, "qvyh") == ""
}
