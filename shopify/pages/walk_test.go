package pages

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/faults"
)

// members is a connection to walk in tests: the members of a collection.
var members = connection[collectionProductsData, member]{
	document:  queries.CollectionProducts,
	variables: map[string]any{"id": "gid://shopify/Collection/1"},
	find: func(d *collectionProductsData) *records.Page[member] {
		if d.Collection == nil {
			return nil
		}
		return &d.Collection.Products
	},
}

// pagedShop is a shop and its client, which does not really wait.
type pagedShop struct {
	*answers.Shop
	client *client.Client
}

func newPagedShop(t *testing.T, list ...http.HandlerFunc) *pagedShop {
	shop := answers.Serve(t, list...)
	site, err := site.New(shop.URL, site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	return &pagedShop{shop, client.New(site, answers.Domain, "2026-10",
		&answers.Tokens{Current: answers.Token}, client.Pauses{Sleep: shop.Sleep})}
}

// memberPages serves members 1 to n, refusing pages larger than limit.
func memberPages(n, limit int, refusal http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := answers.QuestionIn(r)
		if q.Variables.First > limit {
			refusal(w, r)
			return
		}
		after, _ := strconv.Atoi(q.Variables.After)
		end := min(after+q.Variables.First, n)
		var nodes []string
		for i := after + 1; i <= end; i++ {
			nodes = append(nodes, fmt.Sprintf(`{"id":"%d"}`, i))
		}
		fmt.Fprintf(w, `{"data":{"collection":{"products":{"nodes":[%s],"pageInfo":{"hasNextPage":%t,"endCursor":"%d"}}}}}`,
			strings.Join(nodes, ","), end < n, end)
	}
}

func walkMembers(shop *pagedShop) ([]string, error) {
	var found []string
	err := members.walkPages(context.Background(), shop.client, func(nodes []*member) error {
		for _, node := range nodes {
			found = append(found, node.ID)
		}
		return nil
	})
	return found, err
}

func TestWalkReadsEveryPage(t *testing.T) {
	for _, n := range []int{0, 1, 249, 250, 251, 1000} {
		shop := newPagedShop(t, memberPages(n, 250, nil))
		found, err := walkMembers(shop)
		if err != nil || len(found) != n || n > 0 && found[n-1] != strconv.Itoa(n) || shop.Requests != max(1, (n+249)/250) {
			t.Errorf("%d: got %d in %d pages, %v", n, len(found), shop.Requests, err)
		}
	}
}

func TestPagesThatAreTooMuchAreHalved(t *testing.T) {
	for name, refusal := range map[string]http.HandlerFunc{
		"cost": faults.Reply(faults.Problem("MAX_COST_EXCEEDED",
			"Query cost is 1003, which exceeds the single query max cost limit (1000).")),
		"time": faults.Status(504, "<html>"),
	} {
		for _, limit := range []int{1, 31, 62, 125} {
			shop := newPagedShop(t, memberPages(300, limit, refusal))
			if found, err := walkMembers(shop); err != nil || len(found) != 300 {
				t.Errorf("%s, %d: got %d, %v", name, limit, len(found), err)
			}
		}
		var fault *connector.Fault
		if _, err := walkMembers(newPagedShop(t, memberPages(300, 0, refusal))); !errors.As(err, &fault) ||
			fault.Code != connector.ProviderFault {
			t.Errorf("%s: %v, want a fault when one record is too much", name, err)
		}
	}
}

// The answer is small on its way, but larger than maxAnswer when it is unpacked.
func TestPageThatIsTooLargeIsHalved(t *testing.T) {
	huge := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		packed, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		for range 129 {
			_, _ = packed.Write(bytes.Repeat([]byte(" "), 1<<20))
		}
		_ = packed.Close()
	}
	shop := newPagedShop(t, memberPages(10, 200, huge))
	if found, err := walkMembers(shop); err != nil || len(found) != 10 || shop.Requests != 2 {
		t.Errorf("got %d in %d pages, %v", len(found), shop.Requests, err)
	}
}

func TestWalkEndsOnBadPages(t *testing.T) {
	pageOf := func(text string) http.HandlerFunc {
		return faults.Reply(`{"data":{"collection":{"products":` + text + `}}}`)
	}
	for name, c := range map[string]struct {
		answers []http.HandlerFunc
		code    connector.Code
	}{
		"same cursor": {[]http.HandlerFunc{pageOf(`{"nodes":[{"id":"1"}],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}`)},
			connector.IncompleteRead},
		"circle": {[]http.HandlerFunc{
			pageOf(`{"nodes":[],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}`),
			pageOf(`{"nodes":[],"pageInfo":{"hasNextPage":true,"endCursor":"y"}}`),
			pageOf(`{"nodes":[],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}`),
		}, connector.IncompleteRead},
		"no cursor": {[]http.HandlerFunc{pageOf(`{"nodes":[{"id":"1"}],"pageInfo":{"hasNextPage":true,"endCursor":null}}`)},
			connector.IncompleteRead},
		"no page info": {[]http.HandlerFunc{pageOf(`{"nodes":[{"id":"1"}]}`)}, connector.ProviderFault},
		"no nodes":     {[]http.HandlerFunc{pageOf(`{"pageInfo":{"hasNextPage":false}}`)}, connector.ProviderFault},
		"null list":    {[]http.HandlerFunc{pageOf(`null`)}, connector.ProviderFault},
		"gone":         {[]http.HandlerFunc{faults.Reply(`{"data":{"collection":null}}`)}, connector.IncompleteRead},
	} {
		var fault *connector.Fault
		if _, err := walkMembers(newPagedShop(t, c.answers...)); !errors.As(err, &fault) || fault.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWalkSurvivesCutPages(t *testing.T) {
	good := memberPages(1000, 250, nil)
	var answers []http.HandlerFunc
	for range 4 {
		answers = append(answers, faults.Cut(false), faults.ChunkedCut, faults.Cut(true), good)
	}
	shop := newPagedShop(t, append([]http.HandlerFunc{good}, answers...)...)
	found, err := walkMembers(shop)
	if err != nil || len(found) != 1000 || len(slices.Compact(found)) != 1000 {
		t.Errorf("got %d, %v", len(found), err)
	}
}
