package health

import (
	"testing"
)

// Of several warehouses and locations that lost each other, those are named that
// belong together; of a pair the newer one is merged into the older.
func TestTheLinkThatWasLost(t *testing.T) {
	const sixth, seventh = "gid://market/Location/6", "gid://market/Location/7"
	free := []Location{{sixth, "Leeds Central"}, {seventh, "Attic"}}
	for name, test := range map[string]struct {
		warehouses []Warehouse
		free       []Location
		cure       string
	}{
		"what it stood for": {[]Warehouse{{ID: "1", Name: "Attic"}, {ID: "2", Name: "Old depot", StoodFor: seventh}}, free, "warehouses link 2 " + seventh + " --store main"},
		"its name":          {[]Warehouse{{ID: "1", Name: "Attic"}}, free, "warehouses link 1 " + seventh + " --store main"},
		"the first":         {[]Warehouse{{ID: "1", Name: "Cellar"}}, free, "warehouses link 1 " + sixth + " --store main"},
		"a newer double":    {[]Warehouse{{ID: "8", Name: "Cellar", StoodFor: sixth, Double: "7", Newer: true}}, nil, "warehouses merge 8 7 --store main"},
		"an older double":   {[]Warehouse{{ID: "1", Name: "Old depot", StoodFor: sixth, Double: "7"}}, nil, "warehouses merge 7 1 --store main"},
		"never linked":      {[]Warehouse{{ID: "1", Name: "Cellar"}}, nil, ""},
	} {
		facts := wellFacts()
		facts.Contents.Warehouses, facts.Contents.Free = append(facts.Contents.Warehouses[:0:0], test.warehouses...), test.free
		cure := ""
		for _, look := range []func(Facts) *Trouble{linkLost, doubled} {
			if trouble := look(facts); trouble != nil {
				cure = lineOf(trouble.Cure.Commands)
			}
		}
		if cure != test.cure {
			t.Errorf("%s: %q, want %q", name, cure, test.cure)
		}
	}
}
