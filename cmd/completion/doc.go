// Package completion offers the shell the words that may follow: stores, runs, plans,
// warehouses and locations that the state file knows, and the fixed words of flags.
//
// It may import cmd/access, to look into the state, cmd/help and cmd/usage, and what lies
// below. Begin with completion.go; candidates.go looks words up, words.go has them by kind.
package completion
