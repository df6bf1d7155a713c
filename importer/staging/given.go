package staging

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// madeBy returns the program's version with a digest of the columns that it reads.
func madeBy(program string) string {
	columns := sha256.New()
	for _, t := range givenTables() {
		_, _ = fmt.Fprintln(columns, t.Name, t.Columns) // never fails
	}
	return program + " " + hex.EncodeToString(columns.Sum(nil)[:8])
}

// GivenBefore returns from what the snapshot before was made, for the source to compare.
func (a *Assembly) GivenBefore() map[string]string {
	if a.before == nil {
		return nil
	}
	return a.before.Info().Given.Results
}

// givenNow returns from what the snapshot is made. It has no results if something had to be
// read again or was missing: then the next read must not copy this snapshot.
func (a *Assembly) givenNow(program string, reading importer.Reading) importer.Origin {
	g := importer.Origin{Program: madeBy(program), Results: reading.Given}
	if len(a.rereads.replaced)+len(a.rereads.stays)+len(a.nameless)+len(a.allLacking()) > 0 {
		g.Results = nil
	}
	return g
}
