// Package durable has files appear whole: each is written under another name beside its
// place, brought to the disk, and given its name only then, so that nobody finds half of
// one, whatever dies meanwhile.
//
// It imports nothing of the module. Begin with Create; LinkTo and RenameTo name what was
// written. output.go is all of it for a file that is written at once.
package durable
