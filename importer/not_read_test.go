package importer

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

const everything = "read_inventory,read_locations,read_products"

func linked(scopes string, setUpFor ...connector.Resource) connector.Connector {
	return connector.Connector{
		Store: "main", Provider: "shopify", State: connector.Live, Domain: "tea.myshopify.com", AccountID: "gid://shopify/Shop/1",
		Scopes: strings.Split(scopes, ","), Purpose: setUpFor,
		Platform: connector.Platform{Title: "Market", Writing: map[string]string{"read_": "write_"}, Scopes: map[connector.Resource][]string{
			connector.Products: {"read_products"}, connector.Categories: {"read_products"},
			connector.Warehouses: {"read_locations"}, connector.Stock: {"read_inventory", "read_locations", "read_products"},
		}},
	}
}

// whys are the reasons of a run by resource.
func whys(run Run) map[string]Why {
	all := map[string]Why{}
	for _, n := range run.NotRead {
		if n.Detail == "" {
			panic("no detail for " + n.Resource)
		}
		all[n.Resource] = n.Why
	}
	return all
}

// A run says of everything that it did not look at why it did not.
func TestARunSaysWhatItDidNotLookAt(t *testing.T) {
	const p, c, w, s = connector.Products, connector.Categories, connector.Warehouses, connector.Stock
	for name, test := range map[string]struct {
		of     connector.Connector
		wanted []connector.Resource
		read   []connector.Resource
		want   map[string]Why
	}{
		"all, and it read all":    {linked(everything), connector.Resources(), connector.Resources(), map[string]Why{}},
		"all, and it read none":   {linked(everything), connector.Resources(), nil, map[string]Why{"products": WhyEnded, "categories": WhyEnded, "warehouses": WhyEnded, "stock": WhyEnded}},
		"a part":                  {linked(everything), []connector.Resource{p, c}, []connector.Resource{p, c}, map[string]Why{"warehouses": WhyNotWanted, "stock": WhyNotWanted}},
		"a part, scopes are gone": {linked("read_products"), []connector.Resource{p}, []connector.Resource{p}, map[string]Why{"categories": WhyNotWanted, "warehouses": WhyScope, "stock": WhyScope}},
		"all that it is for":      {linked("read_locations", w), []connector.Resource{w}, []connector.Resource{w}, map[string]Why{"products": WhyNotWanted, "categories": WhyNotWanted, "stock": WhyNotWanted}},
		"a part of that":          {linked("read_locations,read_products", w, p, s), []connector.Resource{w}, []connector.Resource{w}, map[string]Why{"products": WhyNotWanted, "categories": WhyNotWanted, "stock": WhyScope}},
	} {
		var run Run
		run.WillRead(test.of, test.wanted)
		run.HasRead(test.read, nil)
		if got := whys(run); fmt.Sprint(got) != fmt.Sprint(test.want) || run.NotRead == nil {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
		for _, table := range Tables() {
			if _, left := test.want[string(table.Resource)]; run.LookedAt(table) == left {
				t.Errorf("%s: looked at %s: %v", name, table.Name, !left)
			}
		}
	}
}

// What a run is to read is told before any request by what the connector was set up
// for, not by what the shop granted at some time.
func TestReadyIsWhatItWasSetUpFor(t *testing.T) {
	for name, test := range map[string]struct {
		of    connector.Connector
		asked []connector.Resource
		want  string // resources, else the end of the hint
	}{
		"everything":             {linked(everything), nil, "[products categories warehouses stock]"},
		"everything, less known": {linked("read_products"), nil, "[products categories warehouses stock]"},
		"a part, less known":     {linked("read_products"), []connector.Resource{connector.Stock}, "[stock]"},
		"all of a part":          {linked(everything, connector.Products), nil, "[products]"},
		"beyond":                 {linked(everything, connector.Products), []connector.Resource{connector.Stock}, "--shop tea.myshopify.com --only products,stock"},
		"much beyond":            {linked(everything, connector.Stock), []connector.Resource{"products", "categories", "warehouses"}, "--shop tea.myshopify.com --only all"},
	} {
		resources, err := ReadyResources(test.of, test.asked)
		var fault *connector.Fault
		got := fmt.Sprint(resources)
		if errors.As(err, &fault) {
			got = fault.Next.String()
			if fault.Code != connector.ScopeMissing {
				t.Errorf("%s: %s", name, fault.Code)
			}
		}
		if !strings.HasSuffix(got, test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	gone := linked(everything)
	gone.State, gone.Reason = connector.Inactive, connector.TokenRejected
	if _, err := ReadyResources(gone, nil); err == nil || !strings.Contains(err.Error(), "no longer accepts") {
		t.Error(err)
	}
}

// The shop grants less than a run is to read: the run is told what, why, and each
// way out that there is.
func TestGrantedTooLittle(t *testing.T) {
	const p, w, s = connector.Products, connector.Warehouses, connector.Stock
	for name, test := range map[string]struct {
		of     connector.Connector
		kind   Kind
		wanted []connector.Resource
		says   string
		hints  []string
	}{
		"nothing is missing": {linked(everything), KindImport, connector.Resources(), "", nil},
		"what is asked for":  {linked("read_products"), KindImport, []connector.Resource{p}, "", nil},
		"write implies read": {linked("write_products,write_inventory,read_locations"), KindImport, connector.Resources(), "", nil},
		"stock": {
			linked("read_locations,read_products"), KindImport, connector.Resources(), "stock cannot be read: the shop does not grant read_inventory",
			[]string{"connect shopify --store main --shop tea.myshopify.com\n", "import run --store main --only products,categories,warehouses\n", "--shop tea.myshopify.com --only products,categories,warehouses"},
		},
		"locations": {
			linked("read_inventory,read_products"), KindReconcile, connector.Resources(), "warehouses, stock cannot be read: the shop does not grant read_locations",
			[]string{"reconcile --store main --only products,categories\n"},
		},
		"of a part, the whole of it": {
			linked("read_products"), KindPreview, []connector.Resource{s}, "stock cannot be read: the shop does not grant read_inventory, read_locations",
			[]string{"for good\nconnect shopify --store main --shop tea.myshopify.com --only products,categories\n"},
		},
		"scopes of several":  {linked("", p, w), KindPreview, []connector.Resource{p, w}, "products, warehouses cannot be read: the shop does not grant read_locations, read_products", nil},
		"all that it is for": {linked("read_products", w), KindPreview, []connector.Resource{w}, "warehouses cannot be read: the shop does not grant read_locations", nil},
	} {
		err := CheckGranted(test.of, test.kind, test.wanted)
		var short *ShortError
		if !errors.As(err, &short) {
			if err != nil || test.says != "" {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if short.Message != test.says || short.Code != connector.ScopeMissing {
			t.Errorf("%s: %s, want %s", name, short.Message, test.says)
		}
		for _, hint := range test.hints {
			if !strings.Contains(short.Next.String()+"\n", hint) {
				t.Errorf("%s: no %q in %q", name, hint, short.Next.String())
			}
		}
		var run Run
		run.WillRead(test.of, test.wanted)
		run.EndedBy(err)
		for _, n := range run.NotRead {
			lacks := len(test.of.MissingFor(connector.Resource(n.Resource))) > 0
			if wanted := strings.Contains(fmt.Sprint(test.wanted), n.Resource); wanted && lacks != (n.Why == WhyScope) || wanted && !lacks && n.Why != WhyEnded {
				t.Errorf("%s: %+v", name, n)
			}
		}
	}
}

// A shop that refuses in the middle of a read either took a scope away meanwhile or
// refuses though it grants all, and only the second look at it tells which.
func TestDeniedInTheMiddle(t *testing.T) {
	refusal := &DeniedError{Fault: &connector.Fault{Code: connector.ScopeMissing, Message: "Access denied"}, Resource: connector.Categories}
	for scopes, want := range map[string]Why{everything: WhyDenied, "read_inventory,read_locations": WhyScope} {
		c := linked(scopes)
		err := refusal.AsTold(c, KindImport, connector.Resources())
		var run Run
		run.WillRead(c, connector.Resources())
		run.EndedBy(err)
		if got := whys(run)["categories"]; got != want {
			t.Errorf("%s: %s, want %s", scopes, got, want)
		}
		if fault := (*connector.Fault)(nil); want == WhyDenied && (!errors.As(err, &fault) || !strings.HasPrefix(fault.Next.String(), "ask the merchant, or Market, what")) {
			t.Errorf("%+v", fault)
		}
		if !strings.Contains(err.Error(), "categories cannot be read") && !strings.Contains(err.Error(), "categories, stock cannot be read") {
			t.Error(err)
		}
	}
}
