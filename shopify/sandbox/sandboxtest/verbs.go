package sandboxtest

import (
	"fmt"
	"strconv"
	"strings"
)

// Do carries out one line of a script or story about the merchant of a shop: a verb with its words, or a switch,
// NAME or NAME=VALUE.
func (s *Server) Do(shop *Shop, line ...string) error {
	verb, words := line[0], line[1:]
	for _, verbs := range []map[string]deed{catalogueDeeds(shop), placeDeeds(shop), s.accessDeeds(shop)} {
		if deed, known := verbs[verb]; known {
			if len(words) < deed.words {
				return fmt.Errorf("%s wants %d words, not %d", verb, deed.words, len(words))
			}
			return deed.do(words)
		}
	}
	return s.Flip(shop.Domain(), strings.Join(line, " "))
}

// deed is what a verb does. It needs at least so many words.
type deed struct {
	words int
	do    func(words []string) error
}

// neverFailing makes a deed of something that needs no words and cannot fail.
func neverFailing(do func()) deed {
	return deed{0, func([]string) error {
		do()
		return nil
	}}
}

// ofOne is a deed about one thing.
func ofOne(do func(string) error) deed {
	return deed{1, func(words []string) error { return do(words[0]) }}
}

// ofTwo is a deed about one thing and another, or about one thing and what becomes of it.
func ofTwo(do func(string, string) error) deed {
	return deed{2, func(words []string) error { return do(words[0], words[1]) }}
}

// ofStock is a deed about a number of pieces of a SKU at a location.
func ofStock(do func(sku, place string, quantity int) error) deed {
	return deed{3, func(words []string) error {
		n, err := strconv.Atoi(words[2])
		if err != nil {
			return err
		}
		return do(words[0], words[1], n)
	}}
}

func catalogueDeeds(shop *Shop) map[string]deed {
	return map[string]deed{
		"price":    ofTwo(shop.SetPrice),
		"retitle":  ofTwo(shop.Retitle),
		"describe": ofTwo(shop.Describe),
		"sku":      ofTwo(func(sku, to string) error { return shop.SetSKU(sku, &to) }),
		"untrack":  ofOne(func(sku string) error { return shop.SetTracked(sku, false) }),
		"add-product": ofTwo(func(handle, title string) error {
			_, err := shop.AddProduct(NewProduct{Handle: handle, Title: title})
			return err
		}),
		"remove-product":    ofOne(shop.RemoveProduct),
		"remove-variant":    ofOne(shop.RemoveVariant),
		"remove-collection": ofOne(shop.RemoveCollection),
	}
}

func placeDeeds(shop *Shop) map[string]deed {
	return map[string]deed{
		"open-location": ofOne(func(name string) error {
			shop.AddLocation(name, Address{})
			return nil
		}),
		"close-location":  ofOne(shop.DeactivateLocation),
		"remove-location": ofOne(shop.RemoveLocation),
		"rename-location": ofTwo(shop.RenameLocation),
		"stock":           ofStock(shop.SetAvailable),
		"sell":            ofStock(shop.Sell),
		"unstock":         ofTwo(shop.RemoveLevel),
		"close-level":     ofTwo(func(sku, place string) error { return shop.SetLevelActive(sku, place, false) }),
	}
}

// accessDeeds are about the app. Installing it also makes it one of the shop's own organisation.
func (s *Server) accessDeeds(shop *Shop) map[string]deed {
	domain := shop.Domain()
	return map[string]deed{
		"freeze": neverFailing(func() { shop.Freeze(true) }),
		"thaw":   neverFailing(func() { shop.Freeze(false) }),
		"install": neverFailing(func() {
			shop.SameOrganisation(true)
			s.Install(domain)
		}),
		"uninstall":     neverFailing(func() { s.Uninstall(domain) }),
		"deny":          neverFailing(func() { s.DenyNext(domain) }),
		"expire-tokens": neverFailing(func() { s.ExpireTokens(domain) }),
		"revoke":        neverFailing(func() { s.RevokeTokens(domain) }),
		"grant": {0, func(words []string) error {
			s.SetGrantedScopes(domain, words)
			return nil
		}},
	}
}
