package shopify

import (
	"errors"
	"maps"
	"path"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// readAfter reads the shop as it was read for the snapshot before.
func (b *bulkBench) readAfter(t *testing.T, before map[string]string) (*recorder, importer.Reading) {
	t.Helper()
	intake := newRecorder(t)
	intake.given = before
	reading, err := NewSource(b.client, b.options).Read(t.Context(), connector.Resources(), intake)
	if err != nil {
		t.Fatal(err)
	}
	return intake, reading
}

// When a shop is as before, no line is decoded. When anything differs, everything is given.
func TestAShopThatGivesTheSameIsAsBefore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		between func(*sandboxtest.Shop) error
		ago     time.Duration // since then
		same    bool
	}{
		"nothing is new":         {func(*sandboxtest.Shop) error { return nil }, time.Hour, true},
		"another price":          {func(s *sandboxtest.Shop) error { return s.SetPrice("SKU-000001-1", "77.00") }, time.Hour, false},
		"stock moved":            {func(s *sandboxtest.Shop) error { return s.SetAvailable("SKU-000001-1", "Lyon", 41) }, time.Hour, false},
		"another name of a page": {func(s *sandboxtest.Shop) error { return s.RenameLocation("Lyon", "Lyons") }, time.Hour, false},
		"touched, as it was":     {touch, 0, false},
		"touched long ago":       {touch, time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := benchOf(t, sandboxtest.Generate(60), nil, 0)
			b.options.Reader = importer.ReaderBulk
			intake, first := b.readAfter(t, nil)
			compareWithTruth(t, intake, b.shop.Truth())
			if first.Same || len(first.Given) < 5 {
				t.Fatal(first)
			}
			b.clock.jump(-c.ago)
			if err := c.between(b.shop); err != nil {
				t.Fatal(err)
			}
			b.clock.jump(c.ago)
			intake, second := b.readAfter(t, first.Given)
			if second.Same != c.same || second.Same && !maps.Equal(second.Given, first.Given) {
				t.Errorf("as before: %v; given %v, then %v", second.Same, first.Given, second.Given)
			}
			if !second.Same {
				compareWithTruth(t, intake, b.shop.Truth())
			} else if len(intake.products)+len(intake.variants)+len(intake.levels) > 0 {
				t.Error("something was decoded")
			}
			if progress := intake.progress["products"]; progress[0] != progress[1] || progress[1] == 0 {
				t.Errorf("progress ends at %v", progress)
			}
		})
	}
}

// After a list was read by pages there is nothing to compare with next time.
func TestWhatCameByPagesIsNeverAsBefore(t *testing.T) {
	t.Parallel()
	b := benchOf(t, sandboxtest.Generate(20), nil, 0)
	b.options.Reader = importer.ReaderPaged
	for range 2 {
		intake, reading := b.readAfter(t, map[string]string{})
		if reading.Given != nil || reading.Same {
			t.Errorf("%v, %v", reading.Given, reading.Same)
		}
		compareWithTruth(t, intake, b.shop.Truth())
	}
}

// touch changes a product and changes it back.
func touch(s *sandboxtest.Shop) error {
	before := s.Truth().Products[0]
	return errors.Join(s.Retitle(before.Handle, "Another"), s.Retitle(before.Handle, before.Title))
}

// A record that changed after a result was gathered replaces the one in the result, even when the
// result is as before.
func TestWhatChangedLatelyGoesOverWhatIsAsBefore(t *testing.T) {
	t.Parallel()
	b := benchOf(t, sandboxtest.Generate(60), nil, 0)
	b.options.Reader, b.options.Ledger = importer.ReaderBulk, &notebook{} // which goes on to know the results
	_, first := b.readAfter(t, nil)
	if err := errors.Join(b.shop.SetPrice("SKU-000001-1", "77.00"), b.shop.Retitle("product-1", "Another")); err != nil {
		t.Fatal(err)
	}
	intake, second := b.readAfter(t, first.Given)
	compareWithTruth(t, intake, b.shop.Truth())
	for name, digest := range first.Given {
		if name != "pages" && second.Given[name] != digest {
			t.Errorf("%s was read anew", name)
		}
	}
	if second.Same {
		t.Error("the shop is not as before")
	}
}

// A record without an id is given even when its list was held back at first.
func TestWhatHasNoIDIsToldThoughItWasHeldBack(t *testing.T) {
	t.Parallel()
	var changed atomic.Int32
	shop := sandboxtest.Generate(60)
	id := shop.Truth().Variants[9].ID
	without := oddAnswer{old: `"id":"[^"]*` + path.Base(id) + `","title"`, new: `"id":null,"title"`}
	b := benchOf(t, shop, without.changing(&changed), 0)
	b.options.Reader, b.options.Ledger = importer.ReaderBulk, &notebook{} // which goes on to know the results
	intake, first := b.readAfter(t, nil)
	if len(intake.nameless) != 1 || changed.Load() == 0 {
		t.Fatal(intake.nameless, changed.Load())
	}
	if err := shop.Retitle("product-1", "Another"); err != nil {
		t.Fatal(err)
	}
	if intake, second := b.readAfter(t, first.Given); second.Same || len(intake.nameless) != 1 {
		t.Errorf("as before: %v; without an id: %v", second.Same, intake.nameless)
	}
}
