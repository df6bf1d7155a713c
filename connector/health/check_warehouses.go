package health

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
)

// linkLost is a warehouse that stands for no location beside a location that no
// warehouse stands for: the next import leaves the location out, or gives it another
// warehouse.
func linkLost(f Facts) *Trouble {
	if f.Contents == nil || len(f.Contents.Free) == 0 {
		return nil
	}
	w, l, why, found := f.Contents.likeliestLink()
	if !found {
		return nil
	}
	trouble := Trouble{Detail: fmt.Sprintf("warehouse %s (%q) stands for no location, and no warehouse for %s", w.ID, w.Name,
		locationNames(f.Contents.Free))}
	trouble.Look = do("see all of them", f.command("warehouses list"))
	trouble.Cure = do(why, f.command("warehouses link", w.ID, l.ID))
	return trouble.fails()
}

// likeliestLink returns the warehouse without a location that most likely belongs to a
// free one: it stood for that location before, else it has its name, else it is the
// first.
func (c *Contents) likeliestLink() (w Warehouse, l Location, why string, found bool) {
	for _, w := range c.Warehouses {
		for _, l := range c.Free {
			if w.LocationID == "" && w.StoodFor == l.ID {
				return w, l, "it stood for it before:", true
			}
		}
	}
	if w, found = c.firstUnlinked(); !found {
		return w, l, "", false
	}
	for _, l := range c.Free {
		if l.Name == w.Name {
			return w, l, "they have one name; if they are one place:", true
		}
	}
	return w, c.Free[0], "if it is " + locationNames(c.Free[:1]) + ":", true
}

// doubled is a warehouse whose location was given another one.
func doubled(f Facts) *Trouble {
	if f.Contents == nil {
		return nil
	}
	for _, w := range f.Contents.Warehouses {
		if w.Double == "" {
			continue
		}
		from, into := w.Double, w.ID
		if w.Newer {
			from, into = into, from
		}
		trouble := Trouble{Detail: fmt.Sprintf("warehouse %s (%q) stands for no location; the one that it stood for has warehouse %s now",
			w.ID, w.Name, w.Double)}
		trouble.Look = do("see it", f.command("warehouses show", w.ID))
		trouble.Cure = do("if the two are one place:", f.command("warehouses merge", from, into))
		return trouble.fails()
	}
	return nil
}

// firstUnlinked is the first warehouse that stands for no location.
func (c *Contents) firstUnlinked() (Warehouse, bool) {
	for _, w := range c.Warehouses {
		if w.LocationID == "" {
			return w, true
		}
	}
	return Warehouse{}, false
}

func locationNames(locations []Location) string {
	names := make([]string, len(locations))
	for i, l := range locations {
		names[i] = fmt.Sprintf("%q", l.Name)
	}
	return Listed(names)
}

func unlinkedWarehouse(f Facts) *Trouble {
	if f.Contents == nil {
		return nil
	}
	w, found := f.Contents.firstUnlinked()
	if !found {
		return nil
	}
	return Trouble{Detail: fmt.Sprintf("warehouse %s (%q) stands for no location of the shop", w.ID, w.Name),
		Look: do("see all of them", f.command("warehouses list"))}.notes()
}

func linksWell(f Facts) (Result, string) {
	if f.Contents.hasNoWarehouses() {
		return Unknown, "there are no warehouses yet"
	}
	return Passed, "renames on either side change nothing"
}

func nameTwice(f Facts) *Trouble {
	if f.Contents == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, w := range f.Contents.Warehouses {
		if seen[w.Name] {
			return Trouble{Detail: fmt.Sprintf("several are named %q; each stands for its own location, and different names in the shop would keep people from mixing them up", w.Name),
				Look: do("see the warehouses", f.command("warehouses list"))}.notes()
		}
		seen[w.Name] = true
	}
	return nil
}

func namesWell(f Facts) (Result, string) {
	if f.Contents.hasNoWarehouses() {
		return Unknown, "there are no warehouses yet"
	}
	return Passed, "each is there once"
}

func (c *Contents) hasNoWarehouses() bool { return c == nil || len(c.Warehouses) == 0 }

// holdsNone is a resource that was imported and of which nothing is there: the shop had
// none.
func holdsNone(f Facts, r connector.Resource, n int) *Trouble {
	_, imported := f.Freshness[r]
	if f.Contents == nil || n > 0 || !imported {
		return nil
	}
	return Trouble{Detail: "there are none, as the shop had none when it was read",
		Look: do("read it again", f.command("import preview"))}.notes()
}

func withoutWarehouses(f Facts) *Trouble {
	if f.Contents == nil {
		return nil
	}
	return holdsNone(f, connector.Warehouses, len(f.Contents.Warehouses))
}

// importedWell is the answer about a resource of which n records are held.
func importedWell(f Facts, n int, what string) (Result, string) {
	if f.Contents == nil || n == 0 {
		return Unknown, "nothing was imported yet"
	}
	return Passed, fmt.Sprintf("%d %s", n, what)
}

func warehousesWell(f Facts) (Result, string) {
	if f.Contents == nil {
		return Unknown, "nobody looked"
	}
	return importedWell(f, len(f.Contents.Warehouses), "warehouses")
}
