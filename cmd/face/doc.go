// Package face is where a command meets its operator at a terminal: it shows reports on
// standard output, tells on standard error how things go and what is wrong, and asks.
// It knows no command, no shop and no state file.
//
// It may import cmd/view, which prints reports, cmd/settings, cmd/exit and what lies
// below. Begin with face.go; fault.go tells of a failure, confirm.go asks, deed.go says
// what stays done where the answer cannot be written.
package face
