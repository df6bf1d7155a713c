package shopify

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
	"github.com/eshopos/eshopctl/testdata/faults"
)

// answerTimeFor is how long an answer is waited for: little where none will come, else 0 for
// as long as usual.
func answerTimeFor(f faults.Fault) time.Duration {
	if f.Hazard == "N2" || f.Hazard == "N3" {
		return 250 * time.Millisecond
	}
	return 0
}

// requests of a reading, by words that occur in no other request.
var requestsOfReading = map[string]struct {
	words  []string
	reader importer.Reader
}{
	"shop": {[]string{"EshopShop"}, importer.ReaderPaged}, "count": {[]string{"EshopVariantsCount"}, importer.ReaderPaged},
	"locations": {[]string{"EshopLocations("}, importer.ReaderPaged}, "products": {[]string{"EshopProducts("}, importer.ReaderPaged},
	"variants": {[]string{"EshopVariants("}, importer.ReaderPaged}, "stock": {[]string{"EshopInventory("}, importer.ReaderPaged},
	"collections": {[]string{"EshopCollections("}, importer.ReaderPaged},
	"members":     {[]string{"EshopCollectionProducts("}, importer.ReaderPaged},
	"catch-up":    {[]string{"EshopProducts(", "updated_at"}, importer.ReaderPaged},
	"start":       {[]string{"EshopBulkRun("}, importer.ReaderBulk}, "poll": {[]string{"EshopBulkPoll("}, importer.ReaderBulk},
	"file": {[]string{"/bulk-operation-outputs/"}, importer.ReaderBulk},
}

// TestNetworkHazards lets every kind of request of a reading meet every kind of fault, once and for
// ever. A reading is whole or ends with an error that says what to do. The faults are named as in
// the list of hazards.
//
// hazard D8 hazard D9 hazard D11 hazard D12 hazard H5 hazard N1
// hazard N2 hazard N3 hazard N4 hazard N5 hazard N6 hazard N7
// hazard N9 hazard N10 hazard N11 hazard N15 hazard N16 hazard N19
func TestNetworkHazards(t *testing.T) {
	network := faults.Network()
	for _, m := range meetings(t, network) {
		fault, request := network[m.fault], requestsOfReading[m.place]
		t.Run(m.place+"/"+m.fault+"/hazard "+fault.Hazard, func(t *testing.T) {
			t.Parallel()
			meetsWith(t, m.place, request.words, request.reader, fault, 1)
			if slices.Contains(placesOfEachWay, m.place) {
				meetsWith(t, m.place, request.words, request.reader, fault, 1<<20)
			}
		})
	}
}

// placesOfEachWay are requests that meet every fault in every run of the tests, also for ever; they
// stand for others that are asked in the same way.
var placesOfEachWay = []string{"shop", "products", "start", "file"}

// meeting is one kind of request that meets one kind of fault.
type meeting struct{ place, fault string }

func meetings(t *testing.T, network map[string]faults.Fault) []meeting {
	var always, others []meeting
	for place := range requestsOfReading {
		for name, fault := range network {
			if place == "file" && !fault.Files || place != "file" && fault.Hazard == "N15" {
				continue
			}
			switch ofCatchUp := fault.Hazard == "N16" && strings.HasPrefix(name, "filter"); {
			case ofCatchUp && place != "catch-up":
			case ofCatchUp || slices.Contains(placesOfEachWay, place):
				always = append(always, meeting{place, name})
			default:
				others = append(others, meeting{place, name})
			}
		}
	}
	slices.SortFunc(others, func(a, b meeting) int { return cmp.Or(cmp.Compare(a.fault, b.fault), cmp.Compare(a.place, b.place)) })
	return append(always, campaign.Some(t, "requests that are asked as others are, with each fault", others, 40, len(others))...)
}

func meetsWith(t *testing.T, place string, words []string, reader importer.Reader, fault faults.Fault, times int32) {
	b := benchOf(t, sandboxtest.Generate(6), faults.Meets(words, times, fault.Answer), answerTimeFor(fault))
	b.options.Reader = reader
	intake, _, err := b.read(t)
	if err == nil {
		compareWithTruth(t, intake, b.shop.Truth())
	}
	if passes := times == 1 && fault.Passes; passes != (err == nil) {
		t.Fatalf("%d times: %v", times, err)
	}
	var told *connector.Fault
	if err == nil {
		return
	}
	if !errors.As(err, &told) || told.Message == "" || len(told.Next) == 0 && told.Code != connector.TokenWasRefused {
		t.Fatalf("%v says too little", err)
	}
	want := fault.Code
	refused := fault.Code == connector.ProviderFault || fault.Hazard == "N11" || fault.Hazard == "D12"
	if place == "start" && refused && strings.Contains(told.Message, "bulk operations") {
		want = connector.ScopeMissing // whatever the start is answered with is a refusal of bulk operations
	}
	unreachableOrOdd := want == connector.Network && told.Code == connector.ProviderFault // a cut answer may look like a bad one
	if told.Code != want && !unreachableOrOdd {
		t.Errorf("%d times: %s, want %s: %s", times, told.Code, want, told.Message)
	}
}
