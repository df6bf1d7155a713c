// Package given reads what operators give to the program in small files and through
// pipes: settings, secrets and keys.
//
// It imports nothing of ours. Begin with Files.Read in given.go; line.go says what is wrong
// with a secret.
package given
