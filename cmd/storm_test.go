package cmd

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// A shop changes at random between the questions of a run. Whatever came of it, no row
// refers to what is not there (assertInvariants); and once the shop is quiet, a run, a
// rerun and a reconciliation by the other reader find what it has, and nothing more.
func TestStorms(t *testing.T) {
	for seed := range uint64(campaign.Of(t, "storms", 2, 8, 100)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			s := &storm{shop: sandboxtest.DefaultShop(), dice: rand.New(rand.NewPCG(seed, 5))}
			d := newDeskWith(t, s.wrap, s.shop)
			d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
			readers := []string{"paged", "bulk"}
			for round := range 2 {
				s.blow(true)
				printed, complained, status := d.run("import", "run", "--store", "main", "--yes", "--max-missing", "off", "--reader", readers[(int(seed)+round)%2])
				s.blow(false)
				// a record that changes again and again does not add up when it is read twice
				if status != 0 && status != exit.Temporary && !(status == exit.Partial && strings.Contains(printed, "E-INCOMPLETE")) {
					t.Errorf("status %d in the storm\n%s%s", status, printed, complained)
				}
				assertInvariants(t, d.home)
			}
			d.mustRun("import", "run", "--store", "main", "--yes", "--max-missing", "off", "--reader", readers[seed%2])
			if again := d.mustRun("import", "run", "--store", "main", "--yes", "--reader", readers[(seed+1)%2]); !strings.Contains(again, "Nothing had to be changed") {
				t.Errorf("it does not come to rest: %s", again)
			}
			if printed, complained, status := d.run("reconcile", "--store", "main", "--exit-code", "--reader", readers[seed%2]); status != 0 {
				t.Errorf("reconcile: status %d\n%s%s", status, printed, complained)
			}
			assertInvariants(t, d.home)
		})
	}
}

// storm changes a shop before every few requests.
type storm struct {
	shop *sandboxtest.Shop

	mu    sync.Mutex
	dice  *rand.Rand
	blows bool
	n     int
}

func (s *storm) blow(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blows = on
}

func (s *storm) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mayChange()
		next.ServeHTTP(w, r)
	})
}

func (s *storm) mayChange() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.blows && s.dice.IntN(3) == 0 {
		s.change()
	}
}

// change does one thing to the shop; what cannot be done is left. A long storm may leave
// it without a location or a product.
func (s *storm) change() {
	truth := s.shop.Truth()
	s.n++
	if len(truth.Variants) == 0 || len(truth.Products) == 0 || len(truth.Locations) == 0 {
		_, _ = s.shop.AddProduct(sandboxtest.NewProduct{Handle: fmt.Sprintf("new-%d", s.n), Title: fmt.Sprintf("New %d", s.n)})
		return
	}
	variant := func() string { return truth.Variants[s.dice.IntN(len(truth.Variants))].ID }
	product := truth.Products[s.dice.IntN(len(truth.Products))].ID
	place := truth.Locations[s.dice.IntN(len(truth.Locations))].ID
	switch s.dice.IntN(10) {
	case 0, 1:
		_ = s.shop.RemoveVariant(variant())
	case 2:
		_ = s.shop.RemoveProduct(product)
	case 3:
		_, _ = s.shop.AddProduct(sandboxtest.NewProduct{Handle: fmt.Sprintf("new-%d", s.n), Title: fmt.Sprintf("New %d", s.n)})
	case 4:
		_ = s.shop.ShareItem(variant(), variant())
	case 5:
		_ = s.shop.OwnItem(variant())
	case 6:
		_ = s.shop.LeaveItem(variant())
	case 7:
		_ = s.shop.UnlistLocation(place)
	case 8:
		_ = s.shop.SetAvailable(variant(), place, s.dice.IntN(9))
	case 9:
		_ = s.shop.RemoveLocation(place)
	}
}
