// Package help is what eshopctl says about itself: the page of a command, the topics, and
// what each warning means. It knows the commands only as cobra has them.
//
// It may import cmd/exit and cmd/usage, and importer for the codes of remarks. Begin with
// help.go; page.go writes the page of any command, command.go is the command "help",
// topics.go and remarks.go are pages that belong to no command.
package help
