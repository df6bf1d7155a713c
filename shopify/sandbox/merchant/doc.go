// Package merchant is what a merchant does to a shop from outside of the API, as far as the program itself has a
// merchant do it: in the story of demo, and by the switches of the sandbox. Each edit takes the shop's mutex and
// dates what it changes. The edits that only tests make stand in sandboxtest, on the same ground.
//
// Begin with merchant.go. It may import catalogue.
package merchant
