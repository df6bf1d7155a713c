// Package health says how a connector is from what is known about it: the lights
// of its card, for how long its authorisation will do, and what to do next. Facts
// go in, findings come out: nothing is read, asked or written here.
package health
