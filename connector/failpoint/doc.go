// Package failpoint names the moments at which tests break the program: between
// the answer of a shop and its note in the state file, before and after a commit.
// The program that is released holds none of it, because Reach is empty and is
// compiled away. Built with the tag "failpoints", the variable ESHOPCTL_FAILPOINT
// says what happens where; see trap.go.
package failpoint
