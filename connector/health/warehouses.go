package health

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
)

// linkLost is a warehouse that stands for no location beside a location that no
// warehouse stands for: the next import leaves the location out, or gives it another
// warehouse.
func linkLost(f Facts) *Trouble {
	if f.Held == nil || len(f.Held.Free) == 0 {
		return nil
	}
	w, l, why, found := f.likeliestLink()
	if !found {
		return nil
	}
	trouble := Trouble{Detail: fmt.Sprintf("warehouse %s (%q) stands for no location, and no warehouse for %s", w.ID, w.Name, named(f.Held.Free))}
	trouble.Look = do("see all of them", f.of("warehouses list"))
	trouble.Cure = do(why, f.of("warehouses link", w.ID, l.ID))
	return trouble.fails()
}

// likeliestLink is the warehouse without a location that belongs to a free one: which
// stood for it, else has its name, else the first.
func (f Facts) likeliestLink() (w Warehouse, l Location, why string, found bool) {
	for _, w := range f.Held.Warehouses {
		for _, l := range f.Held.Free {
			if w.LocationID == "" && w.StoodFor == l.ID {
				return w, l, "it stood for it before:", true
			}
		}
	}
	if w, found = f.unlinked(); !found {
		return w, l, "", false
	}
	for _, l := range f.Held.Free {
		if l.Name == w.Name {
			return w, l, "they have one name; if they are one place:", true
		}
	}
	return w, f.Held.Free[0], "if it is " + named(f.Held.Free[:1]) + ":", true
}

// doubled is a warehouse whose location was given another one.
func doubled(f Facts) *Trouble {
	if f.Held == nil {
		return nil
	}
	for _, w := range f.Held.Warehouses {
		if w.Double == "" {
			continue
		}
		from, into := w.Double, w.ID
		if w.Newer {
			from, into = into, from
		}
		trouble := Trouble{Detail: fmt.Sprintf("warehouse %s (%q) stands for no location; the one that it stood for has warehouse %s now", w.ID, w.Name, w.Double)}
		trouble.Look = do("see it", f.of("warehouses show", w.ID))
		trouble.Cure = do("if the two are one place:", f.of("warehouses merge", from, into))
		return trouble.fails()
	}
	return nil
}

// unlinked is the first warehouse that stands for no location.
func (f Facts) unlinked() (Warehouse, bool) {
	for _, w := range f.Held.Warehouses {
		if w.LocationID == "" {
			return w, true
		}
	}
	return Warehouse{}, false
}

func named(locations []Location) string {
	names := make([]string, len(locations))
	for i, l := range locations {
		names[i] = fmt.Sprintf("%q", l.Name)
	}
	return Listed(names)
}

func unlinkedWarehouse(f Facts) *Trouble {
	if f.Held == nil {
		return nil
	}
	w, found := f.unlinked()
	if !found {
		return nil
	}
	return Trouble{Detail: fmt.Sprintf("warehouse %s (%q) stands for no location of the shop", w.ID, w.Name), Look: do("see all of them", f.of("warehouses list"))}.notes()
}

func linksWell(f Facts) (Result, string) {
	if f.noWarehouses() {
		return Unknown, "there are no warehouses yet"
	}
	return Passed, "renames on either side change nothing"
}

func nameTwice(f Facts) *Trouble {
	if f.Held == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, w := range f.Held.Warehouses {
		if seen[w.Name] {
			return Trouble{Detail: fmt.Sprintf("several are named %q; each stands for its own location, and different names in the shop would keep people from mixing them up", w.Name),
				Look: do("see the warehouses", f.of("warehouses list"))}.notes()
		}
		seen[w.Name] = true
	}
	return nil
}

func namesWell(f Facts) (Result, string) {
	if f.noWarehouses() {
		return Unknown, "there are no warehouses yet"
	}
	return Passed, "each is there once"
}

func (f Facts) noWarehouses() bool { return f.Held == nil || len(f.Held.Warehouses) == 0 }

// holdsNone is a resource of which nothing is held, though it was imported: the
// shop had nothing of it.
func (f Facts) holdsNone(r connector.Resource, n int) *Trouble {
	_, imported := f.Freshness[r]
	if f.Held == nil || n > 0 || !imported {
		return nil
	}
	return Trouble{Detail: "there are none, as the shop had none when it was read", Look: do("read it again", f.of("import preview"))}.notes()
}

func withoutWarehouses(f Facts) *Trouble {
	if f.Held == nil {
		return nil
	}
	return f.holdsNone(connector.Warehouses, len(f.Held.Warehouses))
}

// importedWell is the answer about a resource of which n records are held.
func (f Facts) importedWell(n int, what string) (Result, string) {
	if f.Held == nil || n == 0 {
		return Unknown, "nothing was imported yet"
	}
	return Passed, fmt.Sprintf("%d %s", n, what)
}

func warehousesWell(f Facts) (Result, string) {
	if f.Held == nil {
		return Unknown, "nobody looked"
	}
	return f.importedWell(len(f.Held.Warehouses), "warehouses")
}
