// Package terminal is what the process gives to a command: arguments, variables, standard
// files, a clock, and who sits at the terminal. It knows no command and no setting.
//
// It may import connector, for its faults. Begin with env.go; process.go makes the Env of
// this process, and tests make their own. input.go reads lines, foreground.go keeps a
// process in the background from reading, typed_ahead.go throws away what was typed too
// early.
package terminal
