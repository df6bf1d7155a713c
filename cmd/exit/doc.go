// Package exit turns any error into the fault that operators are told of, and a fault
// into the exit status. Both tables stand here and nowhere else.
//
// It may import state, for the errors that engines have words for, and what lies below.
// Begin with status.go; system.go knows what the operating system refuses.
package exit
