package catalogue

// Product is a product. Those of its fields that may be missing in Shopify are pointers, as in all records.
type Product struct {
	ID                       int64
	Handle, Title, HTML      string
	Vendor, ProductType      string
	Status                   string
	Tags                     []string
	GiftCard                 bool
	SEOTitle, SEODescription *string
	TemplateSuffix           *string
	Category                 *Category
	CreatedAt, UpdatedAt     Moment
	PublishedAt              *Moment
	Options                  []*Option
	Variants                 []*Variant
	Media                    []*Media
}

// Option is what the variants of a product differ by, such as Size.
type Option struct {
	ID      int64
	product *Product
	Name    string
	Values  []*OptionValue
}

// OptionValue is a value of an option; a product may have values that no variant uses.
type OptionValue struct {
	ID     int64
	Option *Option
	Name   string
	Color  *string
}

// Variant is one form in which a product is sold.
type Variant struct {
	ID                   int64
	Product              *Product
	Position             int
	Values               []*OptionValue
	SKU, Barcode         *string
	Price                string
	CompareAtPrice       *string
	Taxable              bool
	Policy               string
	CreatedAt, UpdatedAt Moment
	Media                []*Media
	Item                 *Item
}

// Category is a node of Shopify's product taxonomy.
type Category struct {
	ID, FullName string
}

// Item is what is counted. Several variants may share one (announced on 2025-12-02), and an item may have
// none.
type Item struct {
	ID                      int64
	Variants                []*Variant // in the order of their ids
	lastSKU                 *string    // of the last variant that it had
	Tracked                 bool
	RequiresShipping        bool
	Weight                  float64
	WeightUnit              string
	UnitCost                *string
	CountryOfOrigin, HSCode *string
	CreatedAt, UpdatedAt    Moment
	Levels                  []*Level
}

// Level is the stock of one item at one location.
type Level struct {
	ID                   int64
	Item                 *Item
	Location             *Location
	Active               bool
	Unknown              bool // nobody knows how much is available
	Numbers              [8]int32
	CreatedAt, UpdatedAt Moment
}

// Location is where stock lies.
type Location struct {
	ID                   int64
	Name                 string
	Active               bool
	Unlisted, Lost       bool // not in the list; not by its id either
	DeactivatedAt        *Moment
	Service              *FulfillmentService
	ShipsInventory       bool
	Address              Address
	CreatedAt, UpdatedAt Moment
	Levels               []*Level
}

// Address is where a location is; any part may be missing.
type Address struct {
	Address1, Address2, City, Province, ProvinceCode, Zip, Country, CountryCode, Phone *string

	Latitude, Longitude *float64
}

// FulfillmentService is the company that runs a location for the merchant.
type FulfillmentService struct {
	ID           int64
	Name, Handle string
	Location     *Location
}

// Media is a medium: an image, a video or a model. Several products may show the same.
type Media struct {
	ID                   int64
	Type                 string
	Status               string // READY, PROCESSING, UPLOADED or FAILED
	URL                  string // of the file, or the page of an external video
	Alt                  *string
	Width, Height        int
	CreatedAt, UpdatedAt Moment
}

// Image is a picture, perhaps the preview of a video or a model.
type Image struct {
	ID            int64
	URL           string
	Alt           *string
	Width, Height int
}

// Collection is a set of products: chosen by hand, found by conditions, taken from other collections, or all
// of these.
type Collection struct {
	ID                       int64
	Handle, Title, HTML      string
	SortOrder                string
	TemplateSuffix           *string
	SEOTitle, SEODescription *string
	Image                    *Image
	UpdatedAt                Moment

	SourceID       int64
	AnyCondition   bool
	Conditions     []Condition
	ExcludedTags   []string
	Chosen         []*Product // by hand, in their order
	SubCollections []*Collection
}

// Condition selects products by one property. Its type is the part of the GraphQL type's name that follows
// CollectionSourceInclusionCondition.
type Condition struct {
	ID       int64
	typeName string
	Relation string
	Values   []string
}
