// Package disk looks at the files and the disk of a state file without SQLite: whether
// they are there and can be written, how much room is left, whether the folder is on
// another machine, and which process holds the file.
//
// It may import connector and connector/given. Begin with disk.go; room_*.go, remote_*.go
// and hold.go with holder_*.go are one question each.
package disk
