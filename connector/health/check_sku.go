package health

import (
	"fmt"
)

// stopAt is the first stop of that side.
func stopAt(f Facts, whose Side) (Stop, bool) {
	if f.SKU != nil {
		for _, stop := range f.SKU.Stops {
			if stop.Whose == whose {
				return stop, true
			}
		}
	}
	return Stop{}, false
}

func stopTrouble(f Facts, stop Stop) Trouble {
	detail := fmt.Sprintf("%s: %s", f.SKU.Name, stop.Text)
	if stop.Where != "" {
		detail = fmt.Sprintf("%s at %s: %s", f.SKU.Name, stop.Where, stop.Text)
	}
	return Trouble{Detail: detail, Look: do("see each gate that it passes", f.command("explain stock", f.SKU.Name))}
}

func skuOff(f Facts) *Trouble {
	stop, found := stopAt(f, Ours)
	if !found {
		return nil
	}
	trouble := stopTrouble(f, stop)
	trouble.Cure = do("take the shop's numbers:", f.command("import run"))
	return trouble.fails()
}

func skuInShop(f Facts) *Trouble {
	stop, found := stopAt(f, Shops)
	if !found {
		return nil
	}
	return stopTrouble(f, stop).notes()
}

func skuBehind(f Facts) *Trouble {
	stop, found := stopAt(f, Behind)
	if !found {
		return nil
	}
	trouble := stopTrouble(f, stop)
	trouble.Detail += "; the next import brings it"
	return trouble.notes()
}

func aboutSKU(f Facts) bool { return f.SKU != nil }

func skuWell(f Facts) (Result, string) {
	if !f.SKU.Seen {
		return Unknown, "the shop could not be asked for it"
	}
	return Passed, f.SKU.Name + " is as the shop has it, at every location"
}
