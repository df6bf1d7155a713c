// Package scratch keeps what does not fit the memory in files that end with the
// command.
//
// It imports connector only, for its faults. All stands in scratch.go.
package scratch
