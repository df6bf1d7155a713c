package sandbox

import "strconv"

func (v *variant) kind() string { return "ProductVariant" }

func (v *variant) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return v.gid(), nil
	case "legacyResourceId":
		return strconv.FormatInt(v.id, 10), nil
	case "defaultCursor":
		return byVariantID(v).cursor(), nil
	case "title":
		return v.title(), nil
	case "displayName":
		return v.product.title + " - " + v.title(), nil
	case "position":
		return v.position, nil
	case "sku":
		return v.sku, nil
	case "barcode":
		return v.barcode, nil
	case "price":
		return v.price, nil
	case "compareAtPrice":
		return v.compareAtPrice, nil
	case "taxable":
		return v.taxable, nil
	case "createdAt":
		return v.createdAt, nil
	case "updatedAt":
		return v.updatedAt, nil
	case "product":
		return v.product, nil
	case "selectedOptions":
		return v.selectedOptions(), nil
	case "inventoryItem":
		return v.item, nil
	case "media":
		return paginate(v.media, placeIn(v.media), args)
	}
	return v.sale(name)
}

// sale answers the fields that speak of selling the variant.
func (v *variant) sale(name string) (any, error) {
	switch name {
	case "inventoryPolicy":
		return v.policy, nil
	case "inventoryQuantity":
		return v.item.available(), nil
	case "sellableOnlineQuantity":
		return v.item.available(), nil
	case "availableForSale":
		return v.availableForSale(), nil
	case "requiresComponents", "showUnitPrice":
		return false, nil
	case "unitPrice", "unitPriceMeasurement":
		return nil, nil
	}
	return nil, unanswerable("ProductVariant", name)
}

func (v *variant) selectedOptions() []object {
	selected := make([]object, len(v.values))
	for i, value := range v.values {
		selected[i] = selectedOption{value}
	}
	return selected
}

type selectedOption struct{ value *optionValue }

func (o selectedOption) kind() string { return "SelectedOption" }

func (o selectedOption) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "name":
		return o.value.option.name, nil
	case "value":
		return o.value.name, nil
	case "optionValue":
		return o.value, nil
	}
	return nil, unanswerable("SelectedOption", name)
}
