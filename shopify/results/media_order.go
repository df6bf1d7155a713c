package results

import (
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// mediaOrder finds out whether the lines of media stand in the order of the shop: nothing else
// in a result says that order. Each product names its first media item, which for some thousand
// products is compared with the line that comes first.
type mediaOrder struct {
	sample map[uint64]*firstMedia // by the number of the product
	last   uint64                 // number of the last product
	mixed  bool                   // lines are not in the order in which Shopify writes them
}

// firstMedia is what is known of the first media item of a product.
type firstMedia struct {
	said    uint64 // number of the item that the product names; 0 for none
	found   uint64 // number of the item whose line came first; 0 for none
	several bool   // lines of more than one item came
	untold  bool   // the product has media but does not name the first
}

const (
	productsInSample = 4000
	productsThatTell = 20 // so many products with several media show that order is not chance
)

// takeLine takes the next line, of a product or of a media item. It skips lines without a usable
// id.
func (o *mediaOrder) takeLine(key repeats.Key, h *lineHead) {
	switch first := h.FeaturedMedia.ID; {
	case key.ID == 0:
	case key.Parent != 0:
		o.takeMedia(key)
	case !gid.IsValid(first) && (first != "" || h.MediaCount.Count > 0):
		o.takeUntold(key.ID)
	case first == "":
		o.takeProduct(key.ID, 0)
	default:
		o.takeProduct(key.ID, gid.NumberOf(first))
	}
}

// sampleOf returns what is known of a product, nil when it is not in the sample.
func (o *mediaOrder) sampleOf(product uint64) *firstMedia {
	known := o.sample[product]
	if known != nil || len(o.sample) == productsInSample {
		return known
	}
	if o.sample == nil {
		o.sample = map[uint64]*firstMedia{}
	}
	known = &firstMedia{}
	o.sample[product] = known
	return known
}

// takeProduct takes a product and the number of its first media item, 0 when it has none.
func (o *mediaOrder) takeProduct(product, first uint64) {
	o.noteSequence(product)
	if first == 0 {
		return
	}
	if known := o.sampleOf(product); known != nil {
		known.said = first
	}
}

// takeUntold takes a product that has media but does not name the first.
func (o *mediaOrder) takeUntold(product uint64) {
	o.noteSequence(product)
	if known := o.sampleOf(product); known != nil {
		known.untold = true
	}
}

// noteSequence notes whether products come in the order of their ids.
func (o *mediaOrder) noteSequence(product uint64) {
	o.mixed = o.mixed || product < o.last
	o.last = product
}

// takeMedia takes the next line of a media item.
func (o *mediaOrder) takeMedia(key repeats.Key) {
	known := o.sampleOf(key.Parent)
	switch {
	case known == nil:
	case known.found == 0:
		known.found = key.ID
		o.mixed = o.mixed || known.said == 0 && !known.untold
	default:
		known.several = true
	}
}

// isKept reports whether media stand in the order of the shop. A tenth of the products may
// differ, as they may have changed meanwhile. Where few products have several media the first
// may come first by chance: then products must also come in the order of their ids, and before
// their media.
func (o *mediaOrder) isKept() bool {
	looked, wrong := 0, 0
	for _, p := range o.sample {
		if p.several && p.said != 0 {
			looked++
			if p.said != p.found {
				wrong++
			}
		}
	}
	return wrong*10 <= looked && (looked == 0 || looked >= productsThatTell || !o.mixed)
}
