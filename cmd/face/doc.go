// Package face is the terminal as a command sees it: it shows reports on standard output,
// notes and faults on standard error, and asks questions. It knows no command, no shop and
// no state file.
//
// It may import cmd/view, which prints reports, cmd/settings, cmd/exit and what lies below.
// Begin with face.go; fault.go shows an error, confirm.go asks, listener.go shows how a job
// goes on, deed.go handles output that cannot be written.
package face
