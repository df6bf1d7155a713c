package admin

import (
	"strconv"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

func variantField(v *catalogue.Variant, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return v.GlobalID(), nil
	case "legacyResourceId":
		return strconv.FormatInt(v.ID, 10), nil
	case "defaultCursor":
		return graph.CursorOf(catalogue.ByVariantID(v)), nil
	case "title":
		return v.Title(), nil
	case "displayName":
		return v.Product.Title + " - " + v.Title(), nil
	case "position":
		return v.Position, nil
	case "sku":
		return v.SKU, nil
	case "barcode":
		return v.Barcode, nil
	case "price":
		return v.Price, nil
	case "compareAtPrice":
		return v.CompareAtPrice, nil
	case "taxable":
		return v.Taxable, nil
	case "createdAt":
		return v.CreatedAt, nil
	case "updatedAt":
		return v.UpdatedAt, nil
	case "product":
		return v.Product, nil
	case "selectedOptions":
		return selectedOptions(v), nil
	case "inventoryItem":
		return v.Item, nil
	case "media":
		return graph.Paginate(v.Media, placeIn(v.Media), args)
	}
	return saleField(v, name)
}

// saleField answers the fields about the sale of the variant.
func saleField(v *catalogue.Variant, name string) (any, error) {
	switch name {
	case "inventoryPolicy":
		return v.Policy, nil
	case "inventoryQuantity":
		return v.Item.Available(), nil
	case "sellableOnlineQuantity":
		return v.Item.Available(), nil
	case "availableForSale":
		return v.AvailableForSale(), nil
	case "requiresComponents", "showUnitPrice":
		return false, nil
	case "unitPrice", "unitPriceMeasurement":
		return nil, nil
	}
	return nil, graph.NotAnswered("ProductVariant", name)
}

func selectedOptions(v *catalogue.Variant) []graph.Object {
	selected := make([]graph.Object, len(v.Values))
	for i, value := range v.Values {
		selected[i] = selectedOption{value}
	}
	return selected
}

type selectedOption struct{ value *catalogue.OptionValue }

func (o selectedOption) TypeName() string { return "SelectedOption" }

func (o selectedOption) FieldValue(name string) (any, error) {
	switch name {
	case "name":
		return o.value.Option.Name, nil
	case "value":
		return o.value.Name, nil
	case "optionValue":
		return o.value, nil
	}
	return nil, graph.NotAnswered("SelectedOption", name)
}
