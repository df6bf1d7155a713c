// Package cmd is the command line: each command reads its flags, calls a use case and shows
// the report that comes back. It decides nothing itself.
//
// It may import everything: provider, state and views meet here and in cmd/access. Begin
// with cmd.go, which runs a command line, and commands.go, which lists the commands; the
// file of a command has its name, such as status.go. store_job.go and all_stores.go run a
// job in one store or in each.
package cmd
