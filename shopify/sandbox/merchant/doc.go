// Package merchant is what a merchant does to a shop from outside of the API: prices, titles, stock, locations
// and collections, and what happens behind the back of Shopify's own lists. Each edit takes the shop's mutex and
// dates what it changes.
//
// Begin with merchant.go. It may import catalogue and order.
package merchant
