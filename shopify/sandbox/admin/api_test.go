package admin

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

// TestEveryFieldHasAnAnswer asks every object of the default shop for every field of its type.
func TestEveryFieldHasAnAnswer(t *testing.T) {
	schema, err := graph.NewSchema()
	if err != nil {
		t.Fatal(err)
	}
	s := shops.DefaultShop()
	api := &API{Shop: s, Bulk: bulk.NewDesk(s), Odd: &Oddities{}, ClientID: "sandbox", StockAsked: func() {}}
	x := graph.NewExecution(api, nil, []string{"read_products", "read_inventory", "read_locations"}, nil)
	page, err := graph.Paginate(s.Products, catalogue.ByProductID, graph.Arguments{"first": int64(1)})
	if err != nil {
		t.Fatal(err)
	}
	pageInfo, err := page.FieldValue("pageInfo")
	if err != nil {
		t.Fatal(err)
	}
	p := s.Handles["enamel-mug"]
	v, c := p.Variants[0], s.Collections[1]
	samples := map[string]graph.Object{
		"Product": p, "ProductVariant": v, "ProductOption": p.Options[0], "ProductOptionValue": p.Options[0].Values[0],
		"ProductOptionValueSwatch": swatch{"#fff"}, "SelectedOption": selectedOption{v.Values[0]}, "InventoryItem": v.Item,
		"InventoryItemMeasurement": measurement{v.Item}, "InventoryLevel": v.Item.Levels[0],
		"InventoryQuantity": quantity{v.Item.Levels[0], 0}, "InventoryQuantityName": quantityName(0),
		"InventoryProperties": inventoryProperties{}, "Location": s.Locations[0], "LocationAddress": &s.Locations[0].Address,
		"FulfillmentService": s.Locations[5].Service, "Collection": c, "CollectionConditionsSource": conditionsSource{c},
		"CollectionSubCollectionsSource": subCollectionsSource{c}, "CollectionSourceInclusion": inclusion{c},
		"CollectionSourceExclusion": exclusion{c}, "CollectionSourceInclusionConditionProductTag": c.Conditions[0],
		"CollectionSourceExclusionConditionProductTag": excludedTags{c}, "Shop": s, "ShopPlan": shopPlan{s},
		"ShopResourceLimits": shopLimits{s}, "AppInstallation": appInstallation{}, "App": app("sandbox"),
		"AccessScope": accessScope("read_products"), "ApiVersion": apiVersion{"2026-10", true}, "Count": exactCount(1),
		"SEO": seo{}, "MoneyV2": money{"1.00", "GBP"}, "Weight": weight{1, "GRAMS"}, "TaxonomyCategory": s.Handles["milk-jug"].Category,
		"PageInfo": pageInfo.(graph.Object), "Image": p.Media[0].ShownImage(), "MediaPreviewImage": mediaPreview{p.Media[0]},
		"MediaImage": p.Media[0], "MediaError": mediaError{}, "QueryRoot": queryRoot{},
	}
	for _, m := range s.Handles["pour-over-set"].Media[1:] {
		samples[m.Type] = m
	}
	for name, sample := range samples {
		for _, f := range schema.SchemaNow().Types[name].Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue // introspection is not in the sandbox
			}
			args := graph.Arguments{"first": int64(1), "names": []string{"available"}, "sortKey": "ID", "id": c.GlobalID(), "ids": []any{c.GlobalID()}}
			args["locationId"], args["inventoryItemId"], args["collectionId"] = s.Locations[0].GlobalID(), v.Item.GlobalID(), c.GlobalID()
			_, err := answerOf(api, x, sample, f.Name, args)
			if err != nil && !strings.HasPrefix(err.Error(), "Invalid id") {
				t.Errorf("%s.%s: %v", name, f.Name, err)
			}
		}
	}
}

// answerOf is what an object answers, itself or through the API.
func answerOf(api *API, x *graph.Execution, of graph.Object, name string, args graph.Arguments) (any, error) {
	if itself, answers := of.(interface {
		FieldValue(name string) (any, error)
	}); answers {
		return itself.FieldValue(name)
	}
	return api.Answer(x, of, name, args)
}
