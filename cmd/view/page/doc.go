// Package page writes a run as one HTML file that can be attached to a ticket: it needs
// nothing from outside and runs nothing. page.go writes, data.go gathers what is shown,
// bars.go draws. What it says is said by cmd/view/words, as on a terminal.
package page
