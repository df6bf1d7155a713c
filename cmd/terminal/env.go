package terminal

import (
	"io"
	"net/http"
	"time"
)

// Env is everything that the process gives to a command. Tests and the demo make their own.
type Env struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// LookupEnv returns a variable, and whether it is set at all.
	LookupEnv func(string) (string, bool)

	// Interactive says that standard input and standard error are terminals, so
	// that somebody can be asked.
	Interactive bool
	// Width is the number of columns of standard output, 0 when it is not a
	// terminal.
	Width int

	// User is who runs the program and where: USER@HOST.
	User string

	OpenBrowser func(address string) error
	Now         func() time.Time
	Transport   http.RoundTripper // nil for the real network
}

// Getenv is the value of a variable, "" for one that is not set.
func (e Env) Getenv(name string) string {
	value, _ := e.LookupEnv(name)
	return value
}
