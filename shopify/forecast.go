package shopify

import (
	"math"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// How long reading a shop will take is estimated from the shop's own counts. Pages take as
// long as the points that pay for them need to come back, or as long as the pages of the
// longest list take one after another. Bulk operations cost nearly no points and take little
// more than their start and end: recorded ones of 1,400 to 19,000 objects took 0 to 16
// seconds. They are quicker from about a thousand records of a kind on, and earlier where the
// budget is used up. A shop lets an app run few operations at a time, so for a few pages none
// is taken from other programs.
const (
	fewPages    = 2               // of the longest list, for which no operation is started
	pageTakes   = time.Second     // one page
	bulkTakes   = 4 * time.Second // at least
	bulkObjects = 5000            // that operations side by side find in a second
)

// forecast adds up the lists of a shop.
type forecast struct {
	pages   int     // of the longest list
	points  float64 // price of all pages
	objects int     // that bulk operations find
}

// addList adds a list of n records. page is the price of one of its pages; parts is the price
// of the page that each record needs for its parts. Pages of parts are read side by side.
func (f *forecast) addList(n int, page, parts float64) {
	pages := (n + queries.PageSize - 1) / queries.PageSize
	f.pages = max(f.pages, pages)
	f.points += float64(pages)*page + float64(n)*parts
	f.objects += n
}

// byPages returns how long pages take, with the budget as it is now.
func (f forecast) byPages(budget client.Points) time.Duration {
	took := time.Duration(f.pages) * pageTakes
	if lacking := f.points - budget.CurrentlyAvailable; lacking > 0 && budget.RestoreRate > 0 {
		took = max(took, time.Duration(lacking/budget.RestoreRate*float64(time.Second)))
	}
	return took
}

// byBulk returns how long bulk operations take.
func (f forecast) byBulk() time.Duration {
	return bulkTakes + time.Duration(f.objects)*time.Second/bulkObjects
}

// quickerReader returns ReaderPaged where pages take less time, else ReaderAuto: bulk
// operations, and pages where those fail.
func (f forecast) quickerReader(budget client.Points) importer.Reader {
	if f.pages <= fewPages || f.byPages(budget) <= f.byBulk() {
		return importer.ReaderPaged
	}
	return importer.ReaderAuto
}

// itemsPrice returns the price of a page of inventory items with the levels of so many
// locations, by the rule that captured answers follow: a connection costs 2 points, and for
// each row that counts 1 point and the price of what is in it.
func itemsPrice(locations int) float64 {
	const level, item = 3, 1 // a level with its location and quantities; an item without its levels
	return 2 + weighingRows(queries.PageSize)*(item+2+weighingRows(locations)*level)
}

// weighingRows returns how many of the rows of a connection count for its price: a number
// that grows with their logarithm.
func weighingRows(rows int) float64 {
	n := float64(max(rows, 1))
	return max(min(n, 2), math.Floor(2*math.Log(n)))
}
