package results

import "github.com/eshopos/eshopctl/shopify/records"

// lineHead is what of a line says which record it holds, and what a product says about its
// media.
type lineHead struct {
	records.Fitness
	ID            string
	Location      records.Reference
	FeaturedMedia struct{ ID string } // the first media item of a product
	MediaCount    records.Count
	parentLine
}
