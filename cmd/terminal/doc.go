// Package terminal is what the process gives to a command: its arguments, variables,
// files and clock, and who sits in front. It knows no command and no setting.
//
// It may import connector, for its faults. Begin with env.go; process.go makes an Env of
// this process, and tests make their own. input.go reads what is typed, typed_ahead.go
// and foreground.go keep that apart from what nobody meant for us.
package terminal
