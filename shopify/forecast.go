package shopify

import (
	"math"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// What reading a shop will take is foretold from its own counts. By pages that is as
// long as their points take to come back, or as the pages of the longest list come
// one after another. By bulk operations it is little more than their start and end,
// which cost nearly nothing: recorded ones of 1,400 to 19,000 objects took 0 to 16
// seconds. So they are quicker from about a thousand records of a kind on, earlier
// where the budget is used up. For a few pages no place for operations is taken from
// other programs.
const (
	fewPages    = 2
	pageTakes   = time.Second
	bulkTakes   = 4 * time.Second // at least
	bulkObjects = 5000            // in a second, by operations side by side
)

// forecast is what a shop's lists come to.
type forecast struct {
	pages   int     // of the longest list
	points  float64 // of all pages
	objects int     // that bulk operations find
}

// addList adds a list of n records that are read by pages of that price, and by one
// more page for each record at the price of parts, which are read side by side.
func (f *forecast) addList(n int, page, parts float64) {
	pages := (n + queries.PageSize - 1) / queries.PageSize
	f.pages = max(f.pages, pages)
	f.points += float64(pages)*page + float64(n)*parts
	f.objects += n
}

// byPages is how long pages take, with the budget as it is now.
func (f forecast) byPages(budget client.Points) time.Duration {
	took := time.Duration(f.pages) * pageTakes
	if lacking := f.points - budget.CurrentlyAvailable; lacking > 0 && budget.RestoreRate > 0 {
		took = max(took, time.Duration(lacking/budget.RestoreRate*float64(time.Second)))
	}
	return took
}

// byBulk is how long bulk operations take.
func (f forecast) byBulk() time.Duration {
	return bulkTakes + time.Duration(f.objects)*time.Second/bulkObjects
}

// quickerReader is the way that takes less time. ReaderAuto is by bulk operations, and by
// pages where those are refused.
func (f forecast) quickerReader(budget client.Points) importer.Reader {
	if f.pages <= fewPages || f.byPages(budget) <= f.byBulk() {
		return importer.ReaderPaged
	}
	return importer.ReaderAuto
}

// itemsPrice is what a page of inventory items is charged with the levels of so many
// locations, by the rule that captured answers follow: a connection costs 2 and, for
// as many rows as weigh, 1 and what is in them.
func itemsPrice(locations int) float64 {
	const level, item = 3, 1 // with its location and quantities; itself
	return 2 + weighingRows(queries.PageSize)*(item+2+weighingRows(locations)*level)
}

// weighingRows is how many rows of a connection weigh in its price.
func weighingRows(rows int) float64 {
	n := float64(max(rows, 1))
	return max(min(n, 2), math.Floor(2*math.Log(n)))
}
