package sandbox

func (s *Shop) kind() string { return "Shop" }

func (s *Shop) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return s.ID(), nil
	case "name":
		return s.identity.Name, nil
	case "myshopifyDomain":
		return s.domain, nil
	case "url":
		return "https://" + s.domain, nil
	case "currencyCode":
		return s.identity.Currency, nil
	case "weightUnit":
		return s.identity.WeightUnit, nil
	case "unitSystem":
		return s.identity.UnitSystem, nil
	case "taxesIncluded":
		return s.identity.TaxesIncluded, nil
	case "taxShipping":
		return false, nil
	case "ianaTimezone":
		return s.identity.Timezone, nil
	case "email", "contactEmail":
		return s.identity.Email, nil
	case "createdAt", "updatedAt":
		return s.createdAt, nil
	case "plan":
		return shopPlan{s}, nil
	case "resourceLimits":
		return shopLimits{s}, nil
	}
	return nil, unanswerable("Shop", name)
}

type shopPlan struct{ shop *Shop }

func (p shopPlan) kind() string { return "ShopPlan" }

func (p shopPlan) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "publicDisplayName":
		return p.shop.identity.Plan, nil
	case "shopifyPlus":
		return p.shop.identity.Plus, nil
	case "partnerDevelopment":
		return p.shop.identity.Development, nil
	}
	return nil, unanswerable("ShopPlan", name)
}

type shopLimits struct{ shop *Shop }

func (l shopLimits) kind() string { return "ShopResourceLimits" }

func (l shopLimits) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "locationLimit":
		return l.shop.identity.LocationLimit, nil
	case "maxProductOptions":
		return 3, nil
	case "maxProductVariants":
		return maxVariantPage, nil
	case "redirectLimitReached":
		return false, nil
	}
	return nil, unanswerable("ShopResourceLimits", name)
}

// appInstallation is the app as the shop sees it.
type appInstallation struct{ app App }

func (i appInstallation) kind() string { return "AppInstallation" }

func (i appInstallation) field(x *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("AppInstallation", x.shop.id+1), nil
	case "accessScopes":
		var scopes []object
		for _, handle := range x.scopes {
			scopes = append(scopes, accessScope(handle))
		}
		return scopes, nil
	case "app":
		return i.app, nil
	}
	return nil, unanswerable("AppInstallation", name)
}

type accessScope string

func (s accessScope) kind() string { return "AccessScope" }

func (s accessScope) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "handle":
		return string(s), nil
	case "description":
		return "Access scope " + string(s), nil
	}
	return nil, unanswerable("AccessScope", name)
}

func (a App) kind() string { return "App" }

func (a App) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("App", shopNumber(a.ClientID)), nil
	case "title":
		return "Sandbox app", nil
	case "apiKey":
		return a.ClientID, nil
	}
	return nil, unanswerable("App", name)
}

type apiVersion struct {
	handle    string
	supported bool
}

func (v apiVersion) kind() string { return "ApiVersion" }

func (v apiVersion) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "handle", "displayName":
		return v.handle, nil
	case "supported":
		return v.supported, nil
	}
	return nil, unanswerable("ApiVersion", name)
}
