// Package access is what a command works with: the state file, which it opens once, the
// shops behind it, and the jobs that are done between the two for whoever sits in front.
// Everything that the program consists of is put together here.
//
// It may import all that stands below the commands: state, shopify, importer/job,
// importer/facts and cmd/face. Begin with access.go and new.go; state.go opens the state
// file, store.go reaches a shop, registered.go has the line of each provider, jobs.go is
// what use cases are called with.
package access
