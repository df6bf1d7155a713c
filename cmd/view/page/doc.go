// Package page writes a run as one HTML file to attach to a ticket: it loads nothing and
// has no scripts. Its words come from cmd/view/words, as on a terminal.
//
// It may import cmd/view/words, cmd/view/plain and importer. Begin with page.go, which
// writes; data.go gathers what is shown, bars.go draws.
package page
