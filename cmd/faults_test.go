package cmd

import (
	"context"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
	"github.com/eshopos/eshopctl/testdata/faults"
)

// impatient gives up on connections that are silent for a moment, where the program
// waits for a minute; the variable IMPATIENT asks for it.
func impatient() http.RoundTripper {
	if os.Getenv("IMPATIENT") == "" {
		return nil
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return hasty{connection}, err
	}
	return transport
}

type hasty struct{ net.Conn }

func (h hasty) Read(p []byte) (int, error) {
	if err := h.SetReadDeadline(time.Now().Add(3 * time.Second)); err != nil {
		return 0, err
	}
	return h.Conn.Read(p)
}

// TestNetworkFaultsThroughTheProgram lets the whole program meet with every fault of
// the network: once, and in a campaign for ever too. It ends as it should, and the
// catalogue is what it was or what it should be.
//
// hazard D8, D9, D11, D12, H5, N1, N2, N4, N5, N6, N7, N9, N10, N11, N15, N16
func TestNetworkFaultsThroughTheProgram(t *testing.T) {
	times := []int32{1}
	if campaign.Asked() == campaign.Full {
		times = append(times, 1<<20)
	}
	all := faults.Network()
	for _, name := range campaign.Some(t, "faults", slices.Sorted(maps.Keys(all)), 6, len(all)) {
		fault := all[name]
		words, reader := []string{"EshopProducts("}, "paged"
		switch {
		case fault.Hazard == "N15":
			words, reader = []string{"/bulk-operation-outputs/"}, "bulk"
		case strings.HasPrefix(name, "filter"):
			words = []string{"EshopProducts(", "updated_at"}
		case fault.Hazard == "N3" && len(times) == 1:
			continue // it takes minutes to be sure; see TestDrippingBodyIsGivenUp
		}
		for _, n := range times {
			t.Run(name+map[bool]string{true: " once", false: " for ever"}[n == 1], func(t *testing.T) {
				t.Parallel()
				throughTheProgram(t, fault, words, reader, n)
			})
		}
	}
}

func throughTheProgram(t *testing.T, fault faults.Fault, words []string, reader string, times int32) {
	var on atomic.Bool
	d := newDeskWith(t, func(shop http.Handler) http.Handler {
		faulty := faults.Meets(words, times, fault.Answer)(shop)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if on.Load() {
				faulty.ServeHTTP(w, r)
			} else {
				shop.ServeHTTP(w, r)
			}
		})
	}, sandboxtest.DefaultShop())
	d.variables = append(d.variables, "IMPATIENT=yes")
	typing(connectMain, runMain)(d)
	was := d.digest()
	sometimeLater(d)
	on.Store(true)
	printed, told, status := d.run(strings.Fields(runMain + " --reader " + reader)...)
	on.Store(false)
	is := d.digest()
	switch passes := times == 1 && (fault.Passes || fault.Code == connector.TokenWasRefused); { // another token is asked for
	case passes != (status == exit.Done):
		t.Errorf("exit status %d\n%s%s", status, printed, told)
	case status == exit.Done:
		d.assertStock()
		d.assertConverged()
	case is != was:
		t.Error("it failed, and the catalogue changed")
	case !saysWhatIsNext(told):
		t.Errorf("it does not say what to do:\n%s", told)
	}
	if _, _, status := d.run(strings.Fields(runMain)...); status == exit.Connect {
		d.mustRun(strings.Fields(connectMain)...)
		d.mustRun(strings.Fields(runMain)...)
	}
	d.assertStock()
	d.assertConverged()
	d.assertInvariants()
}
