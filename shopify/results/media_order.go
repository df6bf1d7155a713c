package results

import (
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// mediaOrder finds out whether the lines of media stand in the order of the shop,
// which only they tell. Each product says which of its media is its first; of
// some thousand products that is held against the line that came first.
type mediaOrder struct {
	sample map[uint64]*firstMedia // by the number of the product
	last   uint64                 // product that came
	mixed  bool                   // lines do not come as Shopify writes them
}

type firstMedia struct {
	said, found uint64 // the numbers of two media, 0 for none
	several     bool   // media were found
	untold      bool   // it has a first one, which is not told
}

const (
	productsInSample = 4000
	productsThatTell = 20 // with several media are enough to tell order from chance
)

// takeLine takes the next line: of a product, or of a media item. Of one without an id
// nobody knows what it says.
func (o *mediaOrder) takeLine(which repeats.Key, h *lineHead) {
	switch first := h.FeaturedMedia.ID; {
	case which.ID == 0:
	case which.Parent != 0:
		o.takeMedia(which)
	case !gid.IsValid(first) && (first != "" || h.MediaCount.Count > 0):
		o.takeUntold(which.ID)
	case first == "":
		o.takeProduct(which.ID, 0)
	default:
		o.takeProduct(which.ID, gid.NumberOf(first))
	}
}

// sampleOf is what is known of a product, nil when enough others are known.
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

// takeProduct takes what a product says, 0 when it has no media.
func (o *mediaOrder) takeProduct(product, first uint64) {
	o.noteSequence(product)
	if first == 0 {
		return
	}
	if known := o.sampleOf(product); known != nil {
		known.said = first
	}
}

// takeUntold takes a product that does not say which is its first.
func (o *mediaOrder) takeUntold(product uint64) {
	o.noteSequence(product)
	if known := o.sampleOf(product); known != nil {
		known.untold = true
	}
}

func (o *mediaOrder) noteSequence(product uint64) {
	o.mixed = o.mixed || product < o.last
	o.last = product
}

// takeMedia takes the next line of a media item.
func (o *mediaOrder) takeMedia(which repeats.Key) {
	known := o.sampleOf(which.Parent)
	switch {
	case known == nil:
	case known.found == 0:
		known.found = which.ID
		o.mixed = o.mixed || known.said == 0 && !known.untold
	default:
		known.several = true
	}
}

// isKept reports whether the order is kept. A few products may have changed while
// they were read. Where few have several media, the first may stand first by chance:
// then records must also come by their ids, and before their parts.
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
