// Package usage is about typing commands: it checks arguments and flags, says what is wrong
// and suggests what to type instead. It knows no command of this program.
//
// It may import connector and what lies below, and cmd/view/plain for the name of the
// program. Begin with line.go, which has the fault that all checks return; args.go checks
// arguments, flags.go explains what is wrong with a flag, period.go and path.go are kinds
// of values.
package usage
