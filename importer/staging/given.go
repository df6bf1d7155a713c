package staging

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// madeBy names a program, and the columns that it reads into.
func madeBy(program string) string {
	columns := sha256.New()
	for _, t := range givenTables() {
		_, _ = fmt.Fprintln(columns, t.Name, t.Columns) // never fails
	}
	return program + " " + hex.EncodeToString(columns.Sum(nil)[:8])
}

// GivenBefore is what the snapshot before was made of, for the source to compare.
func (a *Assembly) GivenBefore() map[string]string {
	if a.before == nil {
		return nil
	}
	return a.before.Info().Given.Results
}

// givenNow is what the snapshot is made of. Where a part was given in another way than by
// what was read at first, the next read has to give it again.
func (a *Assembly) givenNow(program string, reading importer.Reading) importer.Origin {
	g := importer.Origin{Program: madeBy(program), Results: reading.Given}
	if len(a.rereads.replaced)+len(a.rereads.stays)+len(a.nameless)+len(a.allLacking()) > 0 {
		g.Results = nil
	}
	return g
}
