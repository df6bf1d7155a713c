// Package trial has the commands for trying eshopctl without a shop: a simulated Shopify,
// and a demo that goes through the whole story with one.
//
// No other package of the program may import shopify/sandbox. Begin with sandbox.go;
// demo.go runs the commands of the program as an operator would.
package trial
