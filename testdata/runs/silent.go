package runs

import "github.com/eshopos/eshopctl/importer"

// Silent is a reporter that says nothing.
type Silent struct{}

// Reading says nothing.
func (Silent) Reading(*importer.Table, importer.Phase, int, int) {}

// Planning says nothing.
func (Silent) Planning(*importer.Table) {}

// Applying says nothing.
func (Silent) Applying(int, int) {}
