// Package help has the pages of help: of each command, of topics, and of each warning. It
// knows the commands only through cobra.
//
// It may import cmd/exit and cmd/usage, and importer for the codes of remarks. Begin with
// help.go; page.go writes the page of any command, command.go is the command "help",
// topics.go and remarks.go are pages that belong to no command.
package help
