// Package words says in words what a run did: its outcome in one line, its counts and
// comparisons as tables, what it did not read, what its changes and remarks are about and
// what to do next. It prints nothing: cmd/view prints it as text, cmd/view/page as HTML.
// Begin with Outcome in outcome.go.
package words
