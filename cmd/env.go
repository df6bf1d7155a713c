package cmd

import (
	"io"
	"net/http"
	"time"
)

// Env is everything that the process gives to a command. Tests and the demo
// give their own.
type Env struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) string

	// Interactive says that standard input and standard error are terminals, so
	// that somebody can be asked.
	Interactive bool
	// Width is the number of columns of standard output, 0 when it is not a
	// terminal.
	Width int

	OpenBrowser func(address string) error
	Now         func() time.Time
	Transport   http.RoundTripper // nil for the real network
}
