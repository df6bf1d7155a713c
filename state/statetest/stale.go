package statetest

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
)

// Law 3: a plan is applied to what it saw, or refused.
func TestStalePlans(t *testing.T, open Open) {
	change := func(b *Bench) {
		p := b.Shop.Products["gid://shopify/Product/0"]
		p.Title = "Other"
		b.Shop.Products[p.ID] = p
	}
	cases := map[string]struct {
		between func(b *Bench)
		stale   bool
	}{
		"nothing":                   {func(*Bench) {}, false},
		"another run":               {func(b *Bench) { b.Run() }, true},
		"the record was edited":     {func(b *Bench) { b.Alter(importer.Products, Set(Is("slug", "tea-0"), "title", "x")) }, true},
		"another record was edited": {func(b *Bench) { b.Alter(importer.Products, Set(Is("slug", "tea-1"), "title", "x")) }, false},
		"the record was deleted":    {func(b *Bench) { b.Alter(importer.Products, Delete(Is("slug", "tea-0"))) }, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := NewBench(t, open, Stocked(5, 3))
			b.Run()
			change(b)
			_, plan, err := b.Preview(importer.Choices{})
			if err != nil {
				t.Fatal(err)
			}
			c.between(b)
			before := b.Rows(importer.Products)
			_, err = b.Apply(plan)
			var fault *connector.Fault
			if stale := errors.As(err, &fault) && fault.Code == connector.StalePlan; stale != c.stale {
				t.Fatalf("stale: %v (%v), want %v", stale, err, c.stale)
			}
			if c.stale && !maps.EqualFunc(before, b.Rows(importer.Products), sameRow(importer.Products)) {
				t.Error("a refused plan wrote something")
			}
		})
	}
}

func sameRow(t *importer.Table) func(a, b importer.Row) bool {
	return func(a, b importer.Row) bool { return a.LocalID == b.LocalID && t.Equal(a.Record, b.Record) }
}

// A plan says by itself what of its connection does not fit any more.
func TestAPlanFitsItsConnection(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(16, 1))
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := b.Engine.Catalog(t.Context(), b.Link)
	if err != nil {
		t.Fatal(err)
	}
	for reason, c := range map[string]struct {
		change func(*connector.Connector)
		age    time.Duration
	}{
		"":                                  {func(*connector.Connector) {}, time.Hour},
		"connected to another shop":         {func(c *connector.Connector) { c.AccountID = "gid://shopify/Shop/2" }, time.Hour},
		"the scopes that the shop grants":   {func(c *connector.Connector) { c.Scopes = c.Scopes[1:] }, time.Hour},
		"the capability set":                {func(c *connector.Connector) { c.Purpose = []connector.Resource{connector.Stock} }, time.Hour},
		"currency changed from EUR to GBP":  {func(c *connector.Connector) { c.Currency = "GBP" }, time.Hour},
		"it was made 0s ago, more than 1ns": {func(*connector.Connector) {}, time.Nanosecond},
	} {
		link := b.Link
		c.change(&link)
		err := applying.CheckFit(t.Context(), &plan, link, catalog, b.Engine, plan.MadeAt.Add(time.Second), c.age)
		if (err == nil) != (reason == "") || err != nil && !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: %v", reason, err)
		}
	}
}

// TestALinkMakesAPlanStale: a mapping that was changed by hand is another one than the
// plan saw.
func TestALinkMakesAPlanStale(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Engine.UnlinkWarehouse(t.Context(), "main", "Store room 0"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "Store room 0", locationZero, false); err != nil {
		t.Fatal(err)
	}
	before := b.Digest()
	var fault *connector.Fault
	if _, err := b.Apply(plan); !errors.As(err, &fault) || fault.Code != connector.StalePlan || b.Digest() != before {
		t.Errorf("applied: %v", err)
	}
}
