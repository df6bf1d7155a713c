// Package facts gathers what there is to know about this machine and the stores, for
// connector/health to judge: status, doctor and the metrics ask here. It decides nothing.
//
// It may import cmd/access, through which it looks, and what stands below. Begin with
// examine.go; machine.go, store.go and sku.go each gather one kind of facts.
package facts
