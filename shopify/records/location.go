package records

// Location holds the fields of a location that the documents ask for.
type Location struct {
	Fitness  `of:"Location"`
	ID, Name string `must:"be"`
	IsActive bool   `must:"be"`
	Address  struct {
		Address1, Address2, City, Province, ProvinceCode, Zip, Country, CountryCode, Phone *string
	} `must:"be"`
}
