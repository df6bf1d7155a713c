// Package rooms measures the code as a house: a package is a floor, its files are
// rooms, and an arrow goes from a file to each other file whose names it uses.
// cmd/layout_rooms_test.go holds the limits; to see the figures:
//
//	go run ./testdata/rooms/show ./importer/... ./cmd
package rooms
