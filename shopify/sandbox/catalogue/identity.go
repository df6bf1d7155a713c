package catalogue

import "github.com/eshopos/eshopctl/shopify/sandbox/gid"

// IDNumber returns the number of a record's id.
func (p *Product) IDNumber() int64    { return p.ID }
func (v *Variant) IDNumber() int64    { return v.ID }
func (i *Item) IDNumber() int64       { return i.ID }
func (l *Level) IDNumber() int64      { return l.ID }
func (l *Location) IDNumber() int64   { return l.ID }
func (m *Media) IDNumber() int64      { return m.ID }
func (c *Collection) IDNumber() int64 { return c.ID }

// GlobalID returns the id by which clients name a record.
func (p *Product) GlobalID() string    { return gid.FormatID("Product", p.ID) }
func (v *Variant) GlobalID() string    { return gid.FormatID("ProductVariant", v.ID) }
func (i *Item) GlobalID() string       { return gid.FormatID("InventoryItem", i.ID) }
func (l *Level) GlobalID() string      { return gid.FormatLevel(l.ID, l.Item.ID) }
func (l *Location) GlobalID() string   { return gid.FormatID("Location", l.ID) }
func (m *Media) GlobalID() string      { return gid.FormatID(m.Type, m.ID) }
func (c *Collection) GlobalID() string { return gid.FormatID("Collection", c.ID) }

// TypeName returns the GraphQL type of a record.
func (p *Product) TypeName() string            { return "Product" }
func (v *Variant) TypeName() string            { return "ProductVariant" }
func (o *Option) TypeName() string             { return "ProductOption" }
func (v *OptionValue) TypeName() string        { return "ProductOptionValue" }
func (c *Category) TypeName() string           { return "TaxonomyCategory" }
func (i *Item) TypeName() string               { return "InventoryItem" }
func (l *Level) TypeName() string              { return "InventoryLevel" }
func (l *Location) TypeName() string           { return "Location" }
func (a *Address) TypeName() string            { return "LocationAddress" }
func (s *FulfillmentService) TypeName() string { return "FulfillmentService" }
func (m *Media) TypeName() string              { return m.Type }
func (i *Image) TypeName() string              { return "Image" }
func (c *Collection) TypeName() string         { return "Collection" }
func (c Condition) TypeName() string           { return "CollectionSourceInclusionCondition" + c.typeName }
