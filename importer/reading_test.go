package importer_test

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

func exactly(n int) *importer.AnnouncedCount { return &importer.AnnouncedCount{Count: n, Exact: true} }

func atLeast(n int) *importer.AnnouncedCount { return &importer.AnnouncedCount{Count: n} }

// A record whose parts never add up lands, its parts stay as they are, and the run says
// so.
func TestPartsThatNeverAddUpAreRejected(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.shop.products[1].Variants = exactly(2)
	run := b.run()
	if run.Status != importer.Partial || run.RejectedBy[importer.RejectIncomplete] == 0 {
		t.Errorf("%s, %v", run.Status, run.RejectedBy)
	}
	if c := run.Counts.Of(importer.Products); c.Created != 3 {
		t.Errorf("products: %+v", c)
	}
	if c := run.Counts.Of(importer.Variants); c.Created != 2 || c.Rejected != 1 {
		t.Errorf("variants: %+v", c)
	}
	if !b.said(run.Plan, importer.RejectIncomplete, variant(1)) {
		t.Errorf("told: %v", b.codes(run.Plan))
	}
	b.shop.products[1].Variants = exactly(1)
	if run := b.run(); run.Status != importer.Succeeded {
		t.Errorf("once it adds up: %s, %v", run.Status, run.RejectedBy)
	}
}

// A record without any of its parts has no part to be rejected with.
func TestARecordThatGivesNoPartIsTold(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	b.run()
	b.shop.memberships = nil
	b.shop.categories[0].Members = exactly(2)
	run := b.run()
	if run.Status != importer.Partial || run.Counts.Of(importer.Memberships).Removed != 0 || !b.said(run.Plan, importer.RejectIncomplete, all) {
		t.Errorf("%s, %+v, %v", run.Status, run.Counts.Of(importer.Memberships), b.codes(run.Plan))
	}
}

func TestCountsOfParts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		announced *importer.AnnouncedCount
		status    importer.Status
	}{
		"exactly":                   {exactly(3), importer.Succeeded},
		"nothing said":              {nil, importer.Succeeded},
		"at least, and they are":    {atLeast(3), importer.Succeeded},
		"at least, and more":        {atLeast(2), importer.Succeeded},
		"at least, and fewer":       {atLeast(4), importer.Partial},
		"exactly, and one is gone":  {exactly(4), importer.Partial},
		"exactly, and one too many": {exactly(2), importer.Succeeded},
	} {
		b := newBench(t, newShop(3))
		b.shop.categories[0].Members = c.announced
		if run := b.run(); run.Status != c.status {
			t.Errorf("%s: %s, %v", name, run.Status, run.RejectedBy)
		}
	}
}

// Which media a variant shows is read with its product, so it is forgotten with it.
func TestMediaLinksOfWhatIsReadAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(1))
	for n := range 2 {
		b.shop.media = append(b.shop.media, importer.MediaItem{ID: picture(n), ProductID: product(0), Type: "image", Status: "ready", Order: int64(n)})
	}
	b.shop.links = []importer.VariantMedia{{VariantID: variant(0), MediaID: picture(0)}}
	b.shop.products[0].Variants = exactly(2) // does not add up, and so is read again
	b.shop.again = func(s *shop) {
		s.products[0].Variants = exactly(1)
		s.links = []importer.VariantMedia{{VariantID: variant(0), MediaID: picture(1)}}
	}
	run := b.run()
	if run.Status != importer.Succeeded || !b.said(run.Plan, importer.WarnChangedWhileReading, product(0)) {
		t.Errorf("%s: %v", run.Status, b.codes(run.Plan))
	}
	for n, want := range []string{`[]`, `["` + variant(0) + `"]`} {
		if got := b.value(importer.Media, importer.JoinKey(product(0), picture(n)), "variant_external_ids"); got != want {
			t.Errorf("picture %d is shown by %s, want %s", n, got, want)
		}
	}
}
