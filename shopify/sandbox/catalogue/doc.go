// Package catalogue holds what one shop has: its identity, products, variants, media, collections, locations
// and stock, as Shopify keeps them. Nothing in it answers a request, and nothing in it locks: who reads or
// changes a Shop holds its mutex.
//
// Begin with records.go and shop.go. identity.go and keys.go say how records are named and ordered; find.go,
// new_product.go, new_place.go and remove.go have what can be done to them. It may import gid and order.
package catalogue
