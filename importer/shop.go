package importer

// Shop is what a shop says about itself.
type Shop struct {
	AccountID  string   // the provider's immutable id of the shop
	Domain     string   // the permanent domain
	Name       string   // as the merchant wrote it
	Currency   string   // ISO 4217
	Scopes     []string // granted to us, as listed by the provider
	APIVersion string   // the version that answered
}

// Product is a product without its variants and media, which are given separately.
type Product struct {
	ID, Title, Slug, Status, Vendor, Type, DescriptionHTML string
	Tags                                                   []string
	Options                                                []Option // in the shop's order
	SEOTitle, SEODescription                               *string
	Variants, Media                                        *AnnouncedCount

	Unfit string // why it cannot be imported: a value is missing or malformed; "" for most
}

// Option is a choice that a product offers. Values are in the shop's order.
type Option struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// AnnouncedCount is how many parts a record says it has. Without Exact it is a lower bound.
type AnnouncedCount struct {
	Count int
	Exact bool
}

// Variant is one sellable form of a product.
type Variant struct {
	ID, ProductID, InventoryItemID, Title string
	SKU, Barcode                          *string
	Price                                 string // decimal text
	CompareAtPrice                        *string
	Currency                              string
	Options                               []Choice
	Position                              int64
	Tracked, RequiresShipping             bool
	Weight, WeightUnit                    *string // Weight is decimal text
	Unfit                                 string
}

// VariantMedia links a variant to a media item of its product that it shows.
type VariantMedia struct{ VariantID, MediaID string }

// Choice is the value that a variant takes for one option of its product.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// MediaItem is an image, video or model of a product. URL is nil until the shop has
// processed it. Order is any number that grows in the order of the product's media;
// positions are computed from it.
type MediaItem struct {
	ID, ProductID, Type, Status string
	URL, Alt                    *string
	Order                       int64
	MIMEType                    string // "" when the shop does not say
	Unfit                       string
}

// Category is a collection. Members is how many products it says it has.
type Category struct {
	ID, Title, Slug, DescriptionHTML, Kind, SortOrder string
	Members                                           *AnnouncedCount
	Unfit                                             string
}

// Membership puts a product into a category. Position counts from 1 and is nil unless the
// merchant sorts the category by hand.
type Membership struct {
	CategoryID, ProductID string
	Position              *int64
	Unfit                 string
}

// Warehouse is a location that holds stock. Deactivated ones are read, too.
type Warehouse struct {
	ID, Name string
	Active   bool
	Address  Address
	Unfit    string
}

// Address is the address of a warehouse. Any part may be nil.
type Address struct {
	Address1     *string `json:"address1"`
	Address2     *string `json:"address2"`
	City         *string `json:"city"`
	Province     *string `json:"province"`
	ProvinceCode *string `json:"province_code"`
	Zip          *string `json:"zip"`
	Country      *string `json:"country"`
	CountryCode  *string `json:"country_code"`
	Phone        *string `json:"phone"`
}

// Level is the stock of one inventory item at one warehouse.
type Level struct {
	InventoryItemID, WarehouseID           string
	Active                                 bool
	Available, OnHand, Committed, Incoming Quantity
	Unfit                                  string
}

// Quantity is a number of units. If the shop gives none it is unknown, which is not zero.
type Quantity struct {
	Units int64
	Known bool
}

// Units returns a known quantity.
func Units(n int64) Quantity { return Quantity{n, true} }

// AppendTo appends the values of the columns, in their order.
func (p Product) AppendTo(r Record) Record {
	options := p.Options
	if options == nil {
		options = []Option{}
	}
	for i := range options {
		if options[i].Values == nil {
			options[i].Values = []string{} // not null
		}
	}
	return Products.MarkUnfit(append(r,
		String(p.ID), String(p.Title), String(p.Slug), String(p.Status), String(p.Vendor), String(p.Type),
		String(p.DescriptionHTML), StringSet(p.Tags), JSONValue(options), OptionalString(p.SEOTitle), OptionalString(p.SEODescription)),
		len(r), p.Unfit)
}

// AppendTo appends the values of the columns, in their order.
func (v Variant) AppendTo(r Record) Record {
	return Variants.MarkUnfit(append(r,
		String(v.ID), String(v.ProductID), String(v.InventoryItemID), String(v.Title), OptionalString(v.SKU), OptionalString(v.Barcode),
		String(v.Price), OptionalString(v.CompareAtPrice), String(v.Currency), choicesValue(v.Options), Whole(v.Position),
		Flag(v.Tracked), Flag(v.RequiresShipping), OptionalString(v.Weight), OptionalString(v.WeightUnit)), len(r), v.Unfit)
}

// choicesValue encodes choices as JSON without encoding/json, which is too slow for a list
// in each variant.
func choicesValue(of []Choice) Value {
	text := []byte{'['}
	for i, choice := range of {
		if i > 0 {
			text = append(text, ',')
		}
		text = appendQuoted(append(text, `{"name":`...), choice.Name)
		text = appendQuoted(append(text, `,"value":`...), choice.Value)
		text = append(text, '}')
	}
	return String(string(append(text, ']')))
}

// NoNames is the empty set of names.
var NoNames = StringSet(nil)

// AppendTo appends the values of the columns, in their order.
func (m MediaItem) AppendTo(r Record) Record {
	return Media.MarkUnfit(append(r,
		String(m.ID), String(m.ProductID), String(m.Type), String(m.Status), OptionalString(m.URL), OptionalString(m.Alt),
		None, NoNames, // staging fills in position and variants
	), len(r), m.Unfit)
}

// AppendTo appends the values of the columns, in their order.
func (c Category) AppendTo(r Record) Record {
	return Categories.MarkUnfit(append(r,
		String(c.ID), String(c.Title), String(c.Slug), String(c.DescriptionHTML), String(c.Kind), String(c.SortOrder)), len(r), c.Unfit)
}

// AppendTo appends the values of the columns, in their order.
func (m Membership) AppendTo(r Record) Record {
	return Memberships.MarkUnfit(append(r, String(m.CategoryID), String(m.ProductID), optionalInt(m.Position)), len(r), m.Unfit)
}

// AppendTo appends the values of the columns, in their order.
func (w Warehouse) AppendTo(r Record) Record {
	return Warehouses.MarkUnfit(append(r, String(w.ID), String(w.Name), Flag(w.Active), JSONValue(w.Address)), len(r), w.Unfit)
}

// AppendTo appends the values of the columns, in their order.
func (l Level) AppendTo(r Record) Record {
	return Stock.MarkUnfit(append(r,
		None, String(l.InventoryItemID), String(l.WarehouseID), None, None, // staging fills in the variant
		Flag(l.Active), l.Available.asValue(), l.OnHand.asValue(), l.Committed.asValue(), l.Incoming.asValue()), len(r), l.Unfit)
}

func (q Quantity) asValue() Value {
	if !q.Known {
		return None
	}
	return Whole(q.Units)
}

func optionalInt(n *int64) Value {
	if n == nil {
		return None
	}
	return Whole(*n)
}
