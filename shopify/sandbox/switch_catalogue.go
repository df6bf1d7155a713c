package sandbox

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/merchant"
)

// catalogueSwitches are about products, places and stock, and what is said of them.
func catalogueSwitches() []Switch {
	return []Switch{
		{"share-item", "SKU,SKU", "the second variant takes over the inventory item of the first", ofPair((*merchant.Merchant).ShareItem)},
		{"own-item", "SKU", "a variant gets an inventory item of its own, not stocked yet", ofOne((*merchant.Merchant).OwnItem)},
		{"item-without-variant", "SKU", "a variant is deleted, but its inventory item stays, and its stock", ofOne((*merchant.Merchant).LeaveItem)},
		{"unlisted-location", "LOCATION", "a location is missing in the list of locations and answers by its id", ofOne((*merchant.Merchant).UnlistLocation)},
		{"lost-location", "LOCATION", "a location is not to be had at all, though stock is said to be there", ofOne((*merchant.Merchant).LoseLocation)},
		{"listed-location", "LOCATION", "it is in the list again", ofOne((*merchant.Merchant).ListLocation)},
		{"unknown-stock", "SKU,LOCATION", "the shop gives no number available of a variant there, until it is set", ofPair((*merchant.Merchant).ForgetAvailable)},
		{"mid-stock", "EDIT:NAME", "EDIT once stock was asked for: remove-variant, -product or -location", midStock},
	}
}

func ofOne(edit func(*merchant.Merchant, string) error) func(*Server, *Shop, string) error {
	return func(_ *Server, shop *Shop, name string) error { return edit(shop.Merchant, name) }
}

// ofPair splits a value at its last comma into the two names of an edit.
func ofPair(edit func(*merchant.Merchant, string, string) error) func(*Server, *Shop, string) error {
	return func(_ *Server, shop *Shop, names string) error {
		at := strings.LastIndex(names, ",")
		if at < 0 {
			return fmt.Errorf("%q are not two names with a comma between", names)
		}
		return edit(shop.Merchant, names[:at], names[at+1:])
	}
}

func midStock(_ *Server, shop *Shop, typed string) error {
	edit, name, _ := strings.Cut(typed, ":")
	edits := map[string]func(string) error{
		"remove-variant": shop.RemoveVariant, "remove-product": shop.RemoveProduct, "remove-location": shop.RemoveLocation,
	}
	if edits[edit] == nil {
		return fmt.Errorf("%q is no edit; there are remove-variant, remove-product and remove-location", edit)
	}
	shop.OnceStockWasAsked(func() { _ = edits[edit](name) }) // nobody waits for what comes of it
	return nil
}
