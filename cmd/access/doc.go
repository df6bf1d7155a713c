// Package access gives commands what they work with: the state file, opened once, the shops
// behind it, and the environment of the use cases in importer/job. The parts of the program
// are put together here.
//
// It may import all that stands below the commands: state, shopify, importer/job,
// importer/facts and cmd/face. Begin with access.go and new.go; state.go opens the state
// file, store.go reaches a shop, registered.go has the line of each provider, jobs.go is
// what use cases are called with.
package access
