// Package completion offers words to the shell: stores, runs, plans, warehouses and
// locations from the state file, and the fixed values of flags.
//
// It may import cmd/access, to look into the state file, cmd/help and cmd/usage, and what
// lies below. Begin with completion.go; candidates.go looks words up, words.go has them by
// kind.
package completion
