// Package shops makes whole shops: the default one, with every shape that surprises importers, large ones by
// the number of products, and those of product files in CSV.
//
// Begin with default_shop.go, generate.go or csv.go; csv_cells.go and csv_columns.go are how a file is read. It
// may import catalogue.
package shops
