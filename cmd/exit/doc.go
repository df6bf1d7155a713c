// Package exit turns any error into the fault that operators see, and a fault into the exit
// status. Both tables stand here and nowhere else.
//
// It may import state, for the errors that it explains, and what lies below. Begin with
// status.go; system.go explains errors of the operating system, meanings.go the exit
// statuses.
package exit
