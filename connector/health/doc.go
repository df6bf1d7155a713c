// Package health says how well a connector is, from what is known about it: the lights of
// its card, how long its authorisation will last, and what to do next. Facts go in,
// findings come out: nothing is read, asked or written here.
//
// A check looks for one likely cause of a symptom; checks.go lists them all. What makes a
// light yellow or red stands in light_connection*.go, light_last_run.go and
// light_data_age.go; the other checks stand in check_*.go. Begin with facts.go, then
// checks.go and examine.go.
//
// It imports the words of connector and importer.
package health
