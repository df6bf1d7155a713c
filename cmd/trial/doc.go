// Package trial has the commands with which eshopctl is tried without a shop: a simulated
// Shopify, and a demonstration that goes through the whole story with one.
//
// It alone of the program may import shopify/sandbox. Begin with sandbox.go; demo.go runs
// the commands of the program as an operator would.
package trial
