// Package facts gathers what there is to know about this machine and the stores, for
// connector/health to judge. Status, doctor and every other face that shows how a store
// does asks here, so that all of them say the same. It decides nothing.
//
// It may import importer/job, whose ports it reads the state file and the shops through,
// connector/health, whose facts it fills in, and what stands below. Begin with
// gatherer.go; examine.go gathers for doctor and overview.go for status, machine.go,
// store.go and sku.go each gather one kind of facts.
package facts
