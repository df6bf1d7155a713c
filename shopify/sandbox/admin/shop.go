package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

func shopField(s *catalogue.Shop, name string) (any, error) {
	switch name {
	case "id":
		return s.GlobalID(), nil
	case "name":
		return s.Identity.Name, nil
	case "myshopifyDomain":
		return s.Domain, nil
	case "url":
		return "https://" + s.Domain, nil
	case "currencyCode":
		return s.Identity.Currency, nil
	case "weightUnit":
		return s.Identity.WeightUnit, nil
	case "unitSystem":
		return s.Identity.UnitSystem, nil
	case "taxesIncluded":
		return s.Identity.TaxesIncluded, nil
	case "taxShipping":
		return false, nil
	case "ianaTimezone":
		return s.Identity.Timezone, nil
	case "email", "contactEmail":
		return s.Identity.Email, nil
	case "createdAt", "updatedAt":
		return s.CreatedAt, nil
	case "plan":
		return shopPlan{s}, nil
	case "resourceLimits":
		return shopLimits{s}, nil
	}
	return nil, graph.NotAnswered("Shop", name)
}

type shopPlan struct{ shop *catalogue.Shop }

func (p shopPlan) TypeName() string { return "ShopPlan" }

func (p shopPlan) FieldValue(name string) (any, error) {
	switch name {
	case "publicDisplayName":
		return p.shop.Identity.Plan, nil
	case "shopifyPlus":
		return p.shop.Identity.Plus, nil
	case "partnerDevelopment":
		return p.shop.Identity.Development, nil
	}
	return nil, graph.NotAnswered("ShopPlan", name)
}

type shopLimits struct{ shop *catalogue.Shop }

func (l shopLimits) TypeName() string { return "ShopResourceLimits" }

func (l shopLimits) FieldValue(name string) (any, error) {
	switch name {
	case "locationLimit":
		return l.shop.Identity.LocationLimit, nil
	case "maxProductOptions":
		return 3, nil
	case "maxProductVariants":
		return graph.MaxVariantPage, nil
	case "redirectLimitReached":
		return false, nil
	}
	return nil, graph.NotAnswered("ShopResourceLimits", name)
}

// appInstallation is the app as the shop sees it.
type appInstallation struct{}

func (appInstallation) TypeName() string { return "AppInstallation" }

func (appInstallation) field(x query, name string, _ graph.Arguments) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("AppInstallation", x.api.IDNumber()+1), nil
	case "accessScopes":
		var scopes []graph.Object
		for _, handle := range x.Scopes {
			scopes = append(scopes, accessScope(handle))
		}
		return scopes, nil
	case "app":
		return app(x.api.ClientID), nil
	}
	return nil, graph.NotAnswered("AppInstallation", name)
}

type accessScope string

func (s accessScope) TypeName() string { return "AccessScope" }

func (s accessScope) FieldValue(name string) (any, error) {
	switch name {
	case "handle":
		return string(s), nil
	case "description":
		return "Access scope " + string(s), nil
	}
	return nil, graph.NotAnswered("AccessScope", name)
}

// app is the app, by its client id.
type app string

func (a app) TypeName() string { return "App" }

func (a app) FieldValue(name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("App", catalogue.ShopNumber(string(a))), nil
	case "title":
		return "Sandbox app", nil
	case "apiKey":
		return string(a), nil
	}
	return nil, graph.NotAnswered("App", name)
}
