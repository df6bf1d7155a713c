// Package usage is about how commands are typed: what their arguments and flags may be,
// what was typed wrong, and what to type instead. It knows no command of this program.
//
// It may import connector and what lies below, and cmd/view/plain for the program's
// name. Begin with line.go, which has the fault that everything here ends with;
// args.go checks arguments, flags.go explains what is wrong with a flag, period.go and
// path.go are values that flags take.
package usage
